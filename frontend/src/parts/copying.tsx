// A quotation for the clipboard, with who says it through whom, where it stands and when that was captured.
import { useEffect, useState } from "preact/hooks";
import type { Shapes } from "../api/client";
import { interval } from "./words";

/** The quotation as plain text: the sentence, its chain, title, day, address, capture. */
export function cited(quote: Shapes["Quote"], article: Shapes["Article"] | undefined, page: string): string {
  const chain = quote.chain.length > 0 ? quote.chain : [article?.publisher ?? "unknown publisher"];
  const lines = [`“${quote.text}”`, `— ${chain.join(" › ")}${chain.length === 1 ? ", in its own voice" : ""}`];
  if (article) {
    const inferred = article.basis === "inferred" ? " (inferred)" : "";
    lines.push(`${article.title ?? article.id}, ${interval(article.published[0], article.published[1])}${inferred}`);
  }
  lines.push(article?.url ?? `${page}/document/${quote.document}?at=${quote.span[0]}-${quote.span[1]}`);
  if (article) lines.push(article.captured ? `captured ${article.captured}` : `no capture time; in the ledger since ${article.added}`);
  return lines.join("\n");
}

/** A button that copies the quotation, and says so to eye and ear. */
export function Copying({ quote, article }: { quote: Shapes["Quote"]; article?: Shapes["Article"] | undefined }) {
  const [said, say] = useState("");
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => say(""), 4000);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(cited(quote, article, window.location.origin));
      say("Copied with its source");
    } catch {
      say("The browser does not let the page copy");
    }
  };
  return (
    <>
      <button type="button" class="plain" aria-label={`Copy the quotation “${quote.words}” with its source`} onClick={() => void copy()}>
        copy
      </button>
      <span role="status" class="copied">
        {said && ` ${said}`}
      </span>
    </>
  );
}
