/**
 * Captions under the picture, on a ground of their own, so that no face is covered. The eye reads drafts as they come; who
 * wants captions aloud or in braille gets each finished line once, in a log of its own.
 */
import { Trans, useLingui } from "@lingui/react/macro";
import { ALargeSmall } from "lucide-react";
import { type CSSProperties, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useDevice } from "../../device";
import { type ShownCaption, shownCaptions } from "../../engine/captions";
import { useRoom } from "../../hooks/use-room";
import { shortNames } from "../face";
import "./captions.css";

/** How often the strip looks whether a line has stayed long enough, in milliseconds. */
const LOOK = 500;
/** So many finished lines are in the log. */
const LOGGED = 20;

interface Props {
  /** Without it the strip is a second one for the eye alone, as on a screen that fills everything. */
  onSettings?: () => void;
}

export function CaptionStrip({ onSettings }: Props) {
  const on = useDevice((device) => device.captions);
  return on ? <Strip {...(onSettings && { onSettings })} /> : null;
}

function Strip({ onSettings }: Props) {
  const { t } = useLingui();
  const size = useDevice((device) => device.captionSize);
  const lines = useDevice((device) => device.captionLines);
  const aloud = useDevice((device) => device.captionsAloud);
  const shortName = useShortName();
  const shown = useShown().map((one) => ({ ...one, name: shortName(one) }));
  const [window, isCut] = useCut(shown);
  const style = { "--caption-size": `${size / 16}rem`, "--caption-lines": lines } as CSSProperties;
  return (
    <section className="lr-captions" style={style} aria-label={t`Captions`} data-region tabIndex={-1}>
      {isCut && (
        <span dir="auto" className="lr-captions-who" aria-hidden="true">
          {shown.at(-1)?.name}
        </span>
      )}
      {/* Said by the log already, it is not said again by reading the page. */}
      <div ref={window} className="lr-captions-window" aria-hidden={aloud ? true : undefined}>
        {shown.length === 0 ? (
          <Silence />
        ) : (
          <div className="lr-captions-lines">
            {shown.map(({ id, name, text, language }) => (
              <p key={id}>
                {name && (
                  <b dir="auto" className="lr-captions-name">
                    {name}
                  </b>
                )}{" "}
                <span dir="auto" lang={language ?? undefined}>
                  {text}
                </span>
              </p>
            ))}
          </div>
        )}
      </div>
      {aloud && onSettings && <Log />}
      {onSettings && (
        <button
          type="button"
          className="lr-icon-button"
          aria-label={t`Caption settings`}
          title={t`Caption settings`}
          aria-haspopup="dialog"
          onClick={onSettings}
        >
          <ALargeSmall aria-hidden="true" />
        </button>
      )}
    </section>
  );
}

/** The name as it stands on the tile; the whole one of who is not here any more. */
function useShortName(): (of: Pick<ShownCaption, "user_id" | "name">) => string {
  const people = useRoom((state) => state.people);
  const byUser = useMemo(() => {
    const all = Object.values(people);
    const names = shortNames(all);
    return new Map(all.map((person) => [person.user_id, names.get(person.seat_id) ?? person.name]));
  }, [people]);
  return ({ user_id, name }) => (user_id !== null && byUser.get(user_id)) || name;
}

/** Whether the newest words are more than there is room for, so that the name before them is out of sight. */
function useCut(shown: ShownCaption[]) {
  const window = useRef<HTMLDivElement>(null);
  const [isCut, setCut] = useState(false);
  useLayoutEffect(() => {
    const last = window.current?.querySelector("p:last-child");
    const top = window.current?.getBoundingClientRect().top ?? 0;
    // Rounding is no line.
    setCut(last ? last.getBoundingClientRect().top < top - 4 : false);
  }, [shown]);
  return [window, isCut] as const;
}

/** What stands there now. Looked at anew while something is there that will go. */
function useShown() {
  const captions = useRoom((state) => state.captions);
  const pace = useDevice((device) => device.captionPace) * 1000;
  const [now, setNow] = useState(() => Date.now());
  // What is heard just now is newer than the last look.
  const newest = Math.max(now, ...captions.drafts.map(({ at }) => at), ...Object.values(captions.heardAt));
  const shown = shownCaptions(captions, pace, newest);
  const waits = shown.length > 0;
  useEffect(() => {
    if (!waits) return;
    const timer = setInterval(() => setNow(Date.now()), LOOK);
    return () => clearInterval(timer);
  }, [waits]);
  return shown;
}

/** Nothing is said just now, or nobody has written anything in this class. */
function Silence() {
  const hasLines = useRoom((state) => state.captions.lines.length > 0);
  if (hasLines) return null;
  return (
    <p className="lr-captions-silence">
      <Trans>What people say stands here when somebody writes it down or lets their browser do it.</Trans>
    </p>
  );
}

/** Finished lines alone: words that are still coming would be read again with each change. */
function Log() {
  const { t } = useLingui();
  const captions = useRoom((state) => state.captions);
  const heard = captions.lines.filter((line) => captions.heardAt[line.id] !== undefined).slice(-LOGGED);
  return (
    <div role="log" aria-label={t`Captions, read aloud`} className="lr-sr">
      {heard.map((line) => (
        <p key={line.id} lang={line.language ?? undefined}>
          {line.name && `${line.name}: `}
          {line.text}
        </p>
      ))}
    </div>
  );
}
