/** The panel beside the stage: its tabs, and what the chosen one shows. On smaller screens it lies over the stage. */
import { Plural, useLingui } from "@lingui/react/macro";
import { X } from "lucide-react";
import { type KeyboardEvent, type RefObject, useEffect, useRef } from "react";
import type { SeatId } from "../engine/protocol";
import type { RoomTab, TabId } from "./tabs";

interface Props {
  tabs: RoomTab[];
  open: TabId;
  /** The panel was opened by a press and takes the focus to its heading. */
  takeFocus: boolean;
  onTab: (id: TabId) => void;
  onClose: () => void;
  onOpenPerson: (seat: SeatId) => void;
}

export function Panel({ tabs, open, takeFocus, onTab, onClose, onOpenPerson }: Props) {
  const { t } = useLingui();
  const panel = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const tab = tabs.find(({ id }) => id === open);
  useEffect(() => {
    if (takeFocus) heading.current?.focus({ preventScroll: true });
  }, [takeFocus]);
  useEscape(panel, onClose);
  if (!tab) return null;
  return (
    <aside ref={panel} className="lr-panel" aria-label={tab.label} data-region tabIndex={-1}>
      <div className="lr-panel-head">
        <TabList tabs={tabs} open={open} onTab={onTab} />
        <button
          type="button"
          className="lr-icon-button"
          aria-label={t`Close ${tab.label}`}
          title={t`Close ${tab.label}`}
          onClick={onClose}
        >
          <X />
        </button>
      </div>
      <div id="lr-tabpanel" className="lr-tabpanel" role="tabpanel" aria-labelledby={`lr-tab-${open}`}>
        {/* The tab above says the same to the eye. */}
        <h2 ref={heading} className="lr-sr" tabIndex={-1}>
          {tab.label}
        </h2>
        <tab.Panel onOpenPerson={onOpenPerson} />
      </div>
    </aside>
  );
}

/** The content of every tab is loaded, so choosing follows the arrow keys. */
function TabList({ tabs, open, onTab }: Pick<Props, "tabs" | "open" | "onTab">) {
  const { t } = useLingui();
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const to = nextTab(event.key, tabs, open, getComputedStyle(event.currentTarget).direction === "rtl");
    if (!to) return;
    event.preventDefault();
    onTab(to);
    list.current?.querySelector<HTMLElement>(`#lr-tab-${to}`)?.focus();
  };
  return (
    <div ref={list} className="lr-tabs" role="tablist" aria-label={t`Beside the stage`}>
      {tabs.map((tab) => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          id={`lr-tab-${tab.id}`}
          className="lr-tab"
          aria-selected={tab.id === open}
          aria-controls="lr-tabpanel"
          tabIndex={tab.id === open ? 0 : -1}
          onClick={() => onTab(tab.id)}
          onKeyDown={move}
        >
          {tab.label}
          {tab.count !== undefined && <span className="lr-count">{tab.count}</span>}
          {tab.unread !== undefined && tab.unread > 0 && <Unread count={tab.unread} />}
        </button>
      ))}
    </div>
  );
}

function nextTab(key: string, tabs: RoomTab[], open: TabId, mirrored: boolean): TabId | undefined {
  const at = tabs.findIndex(({ id }) => id === open);
  const steps: Record<string, number> = { ArrowRight: mirrored ? -1 : 1, ArrowLeft: mirrored ? 1 : -1 };
  if (key === "Home") return tabs[0]?.id;
  if (key === "End") return tabs.at(-1)?.id;
  const step = steps[key];
  return step === undefined ? undefined : tabs.at((at + step) % tabs.length)?.id;
}

/** The sun pill: what nobody looked at yet. */
export function Unread({ count }: { count: number }) {
  return (
    <>
      <span className="lr-unread" aria-hidden="true">
        {count}
      </span>
      <span className="lr-sr">
        <Plural value={count} one=", # new" other=", # new" />
      </span>
    </>
  );
}

/** Escape closes while the focus is inside. */
function useEscape(panel: RefObject<HTMLElement | null>, onClose: () => void): void {
  useEffect(() => {
    const element = panel.current;
    const press = (event: globalThis.KeyboardEvent) => {
      // A dialog that was opened from here closes by itself, and alone.
      const inDialog = event.target instanceof Element && event.target.closest("dialog") !== null;
      if (event.key === "Escape" && !inDialog) onClose();
    };
    element?.addEventListener("keydown", press);
    return () => element?.removeEventListener("keydown", press);
  }, [panel, onClose]);
}
