// What both screens share: one index for the page, opened with the first query, anew after a fault.
import { forget, page, SearchError } from "./files.js";
import { Index } from "./index.js";
import { remember } from "./offline.js";

let opening = null;

export async function find(typed, options) {
  try {
    return await attempt(typed, options);
  } catch (error) {
    opening = null;
    forget();
    // The site was published anew: the parts that were named before are gone.
    if (error instanceof SearchError && error.kind === "gone") return attempt(typed, options);
    throw error;
  }
}

async function attempt(typed, options) {
  opening ??= Index.open();
  const index = await opening;
  const answer = await index.find(typed, options);
  return { ...answer, index, show: (from, to) => shown(index, answer, from, to, options?.byDate) };
}

async function shown(index, answer, from, to, byDate) {
  if (!byDate) await index.prove(answer, to);
  const results = await Promise.all(answer.hits.slice(from, to).map((hit) => index.show(hit, answer)));
  remember(index);
  return results;
}

// Calls `tell` where `work` keeps the reader waiting.
export async function patient(work, tell) {
  const timer = setTimeout(tell, PATIENCE);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}

const PATIENCE = 800; // milliseconds

export const WAITING = "Đang tìm …";

export const MESSAGES = {
  network: "Không tải được chỉ mục tìm kiếm: mạng chập chờn hoặc máy chủ không trả lời.",
  damaged: "Chỉ mục tìm kiếm bị hỏng hoặc không đầy đủ.",
  gone: "Chỉ mục tìm kiếm không có trên trang này.",
};

export const message = (error) => MESSAGES[error.kind] ?? MESSAGES.damaged;

// Why nothing was found, and what may help.
export function help({ query, missing }) {
  if (missing.length) {
    const list = missing.map((word) => `“${word}”`).join(", ");
    return `Không có trang nào chứa ${list}. Thử bỏ từ này hoặc viết cách khác.`;
  }
  if (query.tokens.length > 1) return "Không có trang nào chứa đủ các từ này. Thử bớt từ.";
  return "Thử một từ khác, một số hiệu (254/KH-SKHCN) hoặc một ngày (18/5).";
}

export const FITS = {
  phrase: "khớp nguyên cụm",
  marks: "khớp nguyên cụm, khác dấu",
  other: "khớp qua chữ viết tắt",
  open: "khớp chữ đang gõ",
  words: "khớp từng từ",
  typo: "gần đúng",
  page: "khớp từng từ, khác mục",
};

// The address of a result's passage, with the words to mark there (marking.js).
export function link(result, { anchor, asked }) {
  const words = new URLSearchParams({ tim: asked.map(({ word }) => word).join(" ") });
  return page(`${result.address}?${words}${anchor ? `#${anchor}` : ""}`);
}

export function marked(pieces) {
  return pieces.map(({ text, marked }) => {
    if (!marked) return text;
    const mark = document.createElement("mark");
    mark.textContent = text;
    return mark;
  });
}

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

const QUICK = 150; // milliseconds of a search that needs no rest before the next
const REST = 120;

// Runs `act` at each call, where it takes its time only when no other call follows.
export function quiet(act) {
  let timer = 0;
  let took = Infinity;
  const timed = async () => {
    const begun = performance.now();
    await act();
    took = performance.now() - begun;
  };
  return () => {
    clearTimeout(timer);
    if (took < QUICK) timed();
    else timer = setTimeout(timed, REST);
  };
}
