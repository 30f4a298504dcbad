import { coming } from "./coming.js";
import { contents } from "./toc.js";
import { copy } from "./copy.js";
import { desk } from "./desk.js";
import { filter } from "./filter.js";
import { hero } from "./hero.js";
import { margin } from "./margin.js";
import { mark, vietnam } from "./now.js";
import { next, silent } from "./next.js";
import { print } from "./print.js";
import { scheme } from "./scheme.js";
import { search } from "./search.js";
import { share } from "./share.js";
import { textSize } from "./text-size.js";
import { today } from "./today.js";

const every = (selector, wire) => document.querySelectorAll(selector).forEach((found) => wire(found));

every("[data-scheme-toggle]", scheme);
every("[data-text-step]", (button) => textSize(button, document.querySelector("[data-text-status]")));
every("[data-copy], [data-copy-of]", copy);
every("[data-hero]", hero);
every("[data-margin]", margin);
every("[data-print]", print);
every("form.search", search);
every("[data-share]", share);
every("[data-toc]", contents);

const tick = () => {
  const now = vietnam(Date.now());
  mark(document, now);
  every("[data-next]", (line) => next(line, now));
  every("[data-tally]", silent);
  every("[data-coming]", coming);
};
tick();
every("[data-filter]", filter);
every("[data-desk]", desk);
setInterval(tick, 60_000);
every("[data-today-years]", today);
