/** The chat beside the stage: what was said, and the place to write. */
import { useLingui } from "@lingui/react/macro";
import { MessageCircle } from "lucide-react";
import { useEffect, useState } from "react";
import { useEngine } from "../../hooks/use-room";
import type { RoomTab } from "../tabs";
import { HandsCard } from "../leading/hands";
import { ChatComposer } from "./chat-composer";
import { ChatList } from "./chat-list";
import { useRecordingMarks } from "./chat-marks";
import { lookAtChat, newsOf, useUnread } from "./chat-state";
import "./chat.css";

export function useChatTab(): RoomTab {
  const { t } = useLingui();
  useRecordingMarks();
  return {
    id: "chat",
    label: t`Chat`,
    icon: <MessageCircle />,
    unread: useUnread(),
    control: { rank: 4, shortcut: "chat" },
    Panel: ChatPanel,
  };
}

function ChatPanel() {
  const engine = useEngine();
  // As long as the chat is looked at, what was new on opening it stays marked.
  const [news] = useState(() => newsOf(engine));
  useEffect(() => lookAtChat(engine), [engine]);
  return (
    <div className="lr-chat">
      <HandsCard />
      <ChatList news={news} />
      <ChatComposer />
    </div>
  );
}
