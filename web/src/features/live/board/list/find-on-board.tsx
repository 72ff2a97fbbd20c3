/** The words that a long list is narrowed down with. */
import { Plural, Trans } from "@lingui/react/macro";
import { Search } from "lucide-react";
import { useMemo, useState } from "react";
import { byline, headline } from "./describe";
import type { Thing } from "./things";
import type { Things } from "./all-things";

const FIND_FROM = 16;

export interface Found {
  shown: Thing[];
  words: string;
  setWords: (words: string) => void;
}

export function useFound(things: Things): Found {
  const [words, setWords] = useState("");
  const shown = useMemo(() => {
    const wanted = fold(words.trim());
    if (wanted === "" || things.all.length < FIND_FROM) return things.all;
    return things.all.filter((thing) =>
      fold(`${headline(thing, things.find)} ${thing.text} ${byline(thing, things.nameOf)}`).includes(wanted),
    );
  }, [things, words]);
  return { shown, words, setWords };
}

export function FindOnBoard({ found, count }: { found: Found; count: number }) {
  if (count < FIND_FROM) {
    return (
      <p className="bl-intro">
        {count === 0 ? (
          <Trans>Nothing is on the board yet.</Trans>
        ) : (
          <Trans>Everything on the board, top to bottom. Pick an item to edit, move or read it.</Trans>
        )}
      </p>
    );
  }
  const n = found.shown.length;
  return (
    <>
      <label className="lr-search">
        <span>
          <Trans>Find on the board</Trans>
        </span>
        <span className="lr-search-box">
          <Search className="lr-icon" aria-hidden="true" />
          <input type="search" value={found.words} onChange={(event) => found.setWords(event.target.value)} />
        </span>
      </label>
      <p className="bl-intro" role="status">
        <Plural value={n} one="# thing, top to bottom." other="# things, top to bottom." />
      </p>
    </>
  );
}

/** Letters without case and accents. */
function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}
