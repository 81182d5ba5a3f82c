// Starts the few behaviours of GOV.UK Frontend that pages use, and what is live on a page. Every page is complete without them.
import {
  Button,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  Radios,
  ServiceNavigation,
  SkipLink,
  createAll,
  isSupported,
} from "govuk-frontend";
import { cover } from "./cover.js";
import { Facts, fold, keys } from "./facts.js";
import { Part } from "./holds.js";
import { List } from "./list.js";
import { Live } from "./live.js";

// The two classes usually come from a script inside the page, which the content security policy rightly forbids.
document.body.classList.add("js-enabled", "govuk-frontend-supported");

if (isSupported()) {
  // A second press of a button within a second is an accident of the hand, and each command is idempotent only towards the server.
  createAll(Button, { preventDoubleClick: true });
  for (const component of [Checkboxes, ErrorSummary, NotificationBanner, Radios, ServiceNavigation, SkipLink]) {
    createAll(component);
  }
}

cover();

const form = document.getElementById("facts");
const spaces = document.getElementById("spaces");
const holds = [...document.querySelectorAll("[data-part]:not(#spaces)")].map((element) => new Part(element));
let list;
let hello;

if (form && spaces) {
  const facts = new Facts(form, spaces);
  list = new List(spaces, facts);
  keys(facts, spaces);
  fold(form);
  hello = () => facts.body().toString();
  facts.shown.push(() => live?.say());
}

const place = document.querySelector("[data-live]");
const refresh = () => {
  list?.reconcile();
  for (const part of holds) part.fetch();
};

const live = place && new Live(place.dataset.live, {
  hello,
  changes(changes) {
    list?.take(changes);
    if (list ? changes.some((change) => change.hold) : changes.length) for (const part of holds) part.fetch();
  },
  missed: refresh,
});

document.addEventListener("haven:uncovered", refresh);
