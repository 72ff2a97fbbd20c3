/**
 * What stands beside the stage. A tab is one registration: its feature has a hook that says its words and numbers and
 * names what is drawn below; the panel and the control bar know nothing more of it.
 */
import type { ComponentType, ReactNode } from "react";
import type { SeatId } from "../engine/protocol";
import type { Shortcut } from "../hooks/use-shortcuts";
import { usePeopleTab } from "./people-panel";
import { useTranscriptTab } from "./captions/transcript";
import { useChatTab } from "./talk/chat";

import { usePollsTab } from "./talk/polls";
import { useQuestionsTab } from "./talk/questions";

export type TabId = "chat" | "people" | "questions" | "polls" | "transcript";

export interface TabProps {
  onOpenPerson: (seat: SeatId) => void;
}

export interface RoomTab {
  id: TabId;
  label: string;
  icon: ReactNode;
  /** How many there are. */
  count?: number;
  /** What was not looked at yet: the sun pill on its control. */
  unread?: number;
  /** Given to the tabs that have a control of their own; small rooms keep the lowest ranks in the bar. */
  control?: { rank: number; shortcut?: Shortcut };
  Panel: ComponentType<TabProps>;
}

/** In the order in which they stand in the panel. */
export function useTabs(): RoomTab[] {
  const all = [useChatTab(), usePeopleTab(), useQuestionsTab(), usePollsTab(), useTranscriptTab()];
  return all.filter((tab) => tab !== null);
}
