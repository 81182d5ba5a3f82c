// Cover screen: everything leaves the document at once, not only the sight. Nothing typed is lost; it comes back to the same place.
const presses = 3;
const within = 5000;

export function cover() {
  const button = document.getElementById("cover");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", hide);

  // Shift held to type a capital is not a press of Shift.
  let times = [];
  let alone = false;
  document.addEventListener("keydown", (event) => (alone = event.key === "Shift"));
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) {
      times = [];
      return;
    }
    const now = Date.now();
    times = [...times.filter((time) => now - time < within), now];
    if (times.length === presses) {
      times = [];
      hide();
    }
  });
}

function hide() {
  if (document.querySelector(".haven-cover")) return;
  const title = document.title;
  const focused = document.activeElement;
  const kept = document.createDocumentFragment();
  kept.append(...document.body.childNodes);
  document.title = "Notes";

  const sheet = document.createElement("main");
  sheet.className = "haven-cover";
  const words = document.createElement("h1");
  words.className = "govuk-heading-m";
  words.textContent = "Notes";
  const back = document.createElement("button");
  back.type = "button";
  back.className = "govuk-button govuk-button--secondary";
  back.textContent = "Carry on";
  sheet.append(words, back);
  document.body.append(sheet);
  back.focus();

  back.addEventListener("click", () => {
    sheet.remove();
    document.body.append(kept);
    document.title = title;
    focused?.focus?.();
    document.dispatchEvent(new Event("haven:uncovered"));
  });
}
