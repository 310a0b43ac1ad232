/* One box that ticks all the others of the table. Without script each is ticked by itself. */
"use strict";
for (const all of document.querySelectorAll("[data-tick-all]")) {
  const boxes = all.closest("table").querySelectorAll("input[name='" + all.dataset.tickAll + "']");
  const told = () => {
    const ticked = [...boxes].filter((box) => box.checked).length;
    all.checked = ticked > 0 && ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  };
  all.hidden = boxes.length === 0;
  all.addEventListener("change", () => boxes.forEach((box) => (box.checked = all.checked)));
  boxes.forEach((box) => box.addEventListener("change", told));
  addEventListener("pageshow", told);
}
