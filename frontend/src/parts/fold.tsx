// What a wide page shows at once, and a narrow one behind a button.
import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";

/** `set`: how many of the things inside are in use; with any it begins open. */
export function Fold({ name, set, children }: { name: string; set: number; children: ComponentChildren }) {
  const [open, turn] = useState(set > 0);
  const id = useId();
  return (
    <div class={open ? "fold" : "fold fold-closed"}>
      <button type="button" class="fold-button" aria-expanded={open} aria-controls={id} onClick={() => turn(!open)}>
        {name}
        {set > 0 && ` (${set})`} <span aria-hidden="true">{open ? "▴" : "▾"}</span>
      </button>
      <div id={id} class="fold-inside">
        {children}
      </div>
    </div>
  );
}
