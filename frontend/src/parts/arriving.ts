// Where one stands after a change of view: the heading has the focus, and back or reload lead to where the page was scrolled.
import { useLocation } from "preact-iso";
import { useEffect, useRef } from "preact/hooks";

const MOST_MS = 5000;
const TOUCHES = ["keydown", "pointerdown", "wheel", "touchstart"] as const;
const place = () => `rashomon.at:${window.location.pathname}${window.location.search}`;

/** Calls `attempt` at each change of the content until it says that it is done, the user takes over, or time is up. */
function until(attempt: () => boolean, over: () => void): void {
  const watch = new MutationObserver(() => attempt() && end());
  const end = () => {
    watch.disconnect();
    clearTimeout(timer);
    for (const touch of TOUCHES) removeEventListener(touch, end, true);
    over();
  };
  const timer = setTimeout(end, MOST_MS);
  for (const touch of TOUCHES) addEventListener(touch, end, { capture: true, passive: true });
  watch.observe(document.body, { childList: true, subtree: true });
  if (attempt()) end();
}

/** The heading of a view has the focus once it is there, so that a screen reader reads it and Tab goes on from it. A view that is
 * still loading leaves the one before in place, so that the focus may have to be given twice. */
function focusHeading(): void {
  const before = document.querySelector("main h1");
  until(() => {
    const heading = document.querySelector<HTMLElement>("main h1");
    if (heading === null) return false;
    if (document.activeElement !== heading) {
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    }
    return heading !== before;
  }, () => {});
}

export function Arriving() {
  const { path } = useLocation();
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) focusHeading();
    first.current = false;
  }, [path]);
  useEffect(() => {
    history.scrollRestoration = "manual";
    let busy = false;
    const restore = () => {
      const wanted = Number(sessionStorage.getItem(place()));
      if (!(wanted > 0)) return;
      busy = true;
      const reach = () => document.documentElement.scrollHeight >= wanted + window.innerHeight && (window.scrollTo(0, wanted), true);
      until(reach, () => (busy = false));
    };
    const keep = () => {
      if (!busy) sessionStorage.setItem(place(), String(Math.round(window.scrollY)));
    };
    const [entry] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
    if (entry?.type === "reload" || entry?.type === "back_forward") restore();
    addEventListener("popstate", restore);
    addEventListener("scroll", keep, { passive: true });
    return () => {
      removeEventListener("popstate", restore);
      removeEventListener("scroll", keep);
    };
  }, []);
  return null;
}
