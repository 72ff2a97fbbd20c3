/** What is said and asked in the class, folded into the state. Pure. */
import type { ChatMessage, Poll, Question, Reaction, RoomSnapshot, Talk } from "./protocol";

/** The conversation as this page knows it. */
export interface TalkState {
  /** In the order in which they were said. */
  messages: ChatMessage[];
  /** There are older ones on the server. */
  older: boolean;
  polls: Poll[];
  /** My answers, by poll. */
  answers: Record<string, Talk["my_answers"][number]>;
  questions: Question[];
  /** Ids of the questions I want to know too. */
  votes: string[];
}

export const noTalk: TalkState = {
  messages: [],
  older: false,
  polls: [],
  answers: {},
  questions: [],
  votes: [],
};

/** The snapshot has the newest messages; those that were read before stay, and are brought up to date separately. */
export function withTalk(before: TalkState, { talk }: RoomSnapshot): TalkState {
  const messages = merged(before.messages, talk.chat.messages);
  const grew = before.messages.length > 0 && messages[0]?.seq === before.messages[0]?.seq;
  return {
    messages,
    older: grew ? before.older : talk.chat.more,
    polls: talk.polls,
    answers: Object.fromEntries(talk.my_answers.map((answer) => [answer.poll_id, answer])),
    questions: talk.questions,
    votes: talk.my_votes,
  };
}

/** New and changed messages; an older state of a message does not replace a newer one. */
export function merged(known: ChatMessage[], heard: ChatMessage[]): ChatMessage[] {
  const byId = new Map(known.map((message) => [message.id, message]));
  for (const message of heard) {
    const before = byId.get(message.id);
    if (!before || before.rev <= message.rev) byId.set(message.id, message);
  }
  return [...byId.values()].sort((a, b) => a.seq - b.seq);
}

/**
 * The number to catch up from: of the last change that was heard in the room one is in. What was heard in another room
 * since says nothing of this one, and would hide what was said here meanwhile.
 */
export function lastRev(
  messages: ChatMessage[],
  { breakout_id }: Pick<RoomSnapshot["you"], "breakout_id">,
): number {
  const here = messages.filter((one) => one.to === "everyone" && one.breakout_id === breakout_id);
  return here.reduce((last, message) => Math.max(last, message.rev), 0);
}

export function withPoll(polls: Poll[], poll: Poll): Poll[] {
  return replaced(polls, poll);
}

export function withQuestion(questions: Question[], question: Question): Question[] {
  return replaced(questions, question);
}

function replaced<T extends { id: string }>(all: T[], one: T): T[] {
  return all.some((known) => known.id === one.id)
    ? all.map((known) => (known.id === one.id ? one : known))
    : [...all, one];
}

export const without = <T extends { id: string }>(all: T[], id: string): T[] =>
  all.filter((one) => one.id !== id);

/** A sign is shown for so many milliseconds. */
export const SIGN_SHOWN = 5000;

/** A sign on its way over the stage. */
export interface ShownSign extends Reaction {
  key: number;
}
