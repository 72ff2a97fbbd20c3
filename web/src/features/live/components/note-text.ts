/** What happened, in words: the same for the banner, for a dialog that is open, and for who listens. */
import { useLingui } from "@lingui/react/macro";
import type { Note } from "../engine/state";

export function useNoteText(): (note: Note) => string {
  const { t } = useLingui();
  return (note) => {
    switch (note.kind) {
      case "lost":
        return t`The connection dropped. We are bringing you back.`;
      case "back":
        return t`You are back.`;
      case "ended":
        return t`The session has ended.`;
      case "talking":
        return t`You are muted. Nobody hears you.`;
      case "unsent":
        return t`Not connected. Try again in a moment.`;
      case "refused":
        return note.problem.detail ?? note.problem.title;
      case "muted":
        if (note.source === "camera" && !note.by) return t`The hosts have switched cameras off for now.`;
        if (note.source === "screen" && !note.by)
          return t`The hosts have kept sharing to themselves for now.`;
        if (note.source === "camera") return t`${note.by} stopped your video.`;
        if (note.source === "screen") return t`${note.by} stopped your screen share.`;
        if (note.by) return t`${note.by} muted you.`;
        return t`The hosts have switched microphones off for now. Raise your hand to speak.`;
      case "word":
        return t`${note.from}: ${note.text}`;
      case "recording_ended":
        return note.because === "full"
          ? t`The recording has stopped: the server’s disk is full. The class goes on. What was recorded until now is kept.`
          : t`The recording has stopped: the server’s disk failed. The class goes on. What was recorded until now is kept.`;
      case "let_in":
        return t`You have been let in.`;
      case "none_yet":
        return note.of === "board"
          ? t`There is no whiteboard yet. A host can make one.`
          : t`There are no notes yet. A host can make them.`;
      case "moved":
        return note.name ? t`You are in breakout room ${note.name} now.` : t`You are back in the main room.`;
      case "share_kept":
        return t`${note.name} goes on sharing for now.`;
      case "share_asked":
        return t`${note.name} asks to share a screen instead of you.`;
    }
  };
}
