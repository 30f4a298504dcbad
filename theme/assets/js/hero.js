// The head of the home page, by the reader's day in Vietnam: the year's themes lead, and in a
// campaign's window its slogans stand below them. Several take turns, unless the reader pauses them or
// wants less motion.

import { vietnam } from "./now.js";

const SECONDS = 7;

export function leading(campaigns, today) {
  for (const campaign of campaigns) {
    const on = campaign.slogans.filter(({ start, end }) => start <= today && today <= end).map(({ words }) => words);
    if (on.length && campaign.themes.length) return { ...campaign, leading: campaign.themes, below: on };
    if (on.length) return { ...campaign, leading: on, below: [] };
  }
  const year = Number(today.slice(0, 4));
  const latest = campaigns.filter((campaign) => campaign.year <= year).at(-1);
  return latest && { ...latest, leading: latest.themes, below: [] };
}

function paragraphs(texts, name) {
  return texts.map((phrases) => {
    const paragraph = Object.assign(document.createElement("p"), { className: name });
    for (const phrase of phrases) {
      if (paragraph.hasChildNodes()) paragraph.append(" ");
      paragraph.append(Object.assign(document.createElement("span"), { className: "phrase", textContent: phrase }));
    }
    return paragraph;
  });
}

function show(section, hero) {
  const words = section.querySelector(".hero__words");
  const shown = [...words.children].map((element) => element.textContent);
  if (shown.join("\n") === hero.leading.map((phrases) => phrases.join(" ")).join("\n")) return;
  section.querySelector(".hero__eyebrow").textContent = hero.title;
  words.replaceChildren(...paragraphs(hero.leading, "hero__slogan"));
  section.querySelectorAll(".hero__theme").forEach((theme) => theme.remove());
  words.after(...paragraphs(hero.below, "hero__theme"));
  const [campaign, calendar] = section.querySelectorAll(".actions a");
  campaign.href = section.dataset.root + hero.address;
  campaign.textContent = `Chủ đề năm ${hero.year}`;
  calendar.href = `${section.dataset.root}lich/${hero.year}/`;
  calendar.lastChild.textContent = ` Lịch năm ${hero.year}`;
}

function takeTurns(section) {
  const words = [...section.querySelector(".hero__words").children];
  if (words.length < 2) return;
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const pause = section.querySelector("[data-hero-pause]");
  let turn = 0;
  let paused = still.matches;
  const label = () => {
    pause.textContent = paused ? "Chạy" : "Dừng";
    pause.setAttribute("aria-label", `${pause.textContent} lần lượt các chủ đề`);
  };
  const next = () => {
    words[turn].removeAttribute("data-turn");
    turn = (turn + 1) % words.length;
    words[turn].setAttribute("data-turn", "");
  };
  words[0].setAttribute("data-turn", "");
  pause.hidden = false;
  label();
  pause.addEventListener("click", () => {
    paused = !paused;
    label();
  });
  setInterval(() => paused || document.hidden || next(), SECONDS * 1000);
}

export function hero(section) {
  const chosen = leading(JSON.parse(section.dataset.hero), vietnam(Date.now()).slice(0, 10));
  if (chosen) show(section, chosen);
  takeTurns(section);
}
