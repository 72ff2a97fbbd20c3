/** What is said, asked and written down in the class: hears it into the state, and catches up after a lost line. */
import { lastLineRev, mergedLines, withDrafts, withLines } from "./captions";
import type { ClientEvents, Reaction, ServerEvents, You } from "./protocol";
import type { RoomStore } from "./state";
import { lastRev, merged, SIGN_SHOWN, type TalkState, without, withPoll, withQuestion } from "./talk";

export type Ask = <E extends keyof ClientEvents>(
  event: E,
  said: ClientEvents[E]["ask"],
) => Promise<ClientEvents[E]["answer"]>;

type Heard =
  "chat" | "poll" | "poll_gone" | "question" | "question_gone" | "reactions" | "captions" | "captioning";

/** Up to which changes the page knew what was said, before a snapshot. */
interface Known {
  chat: number;
  captions: number;
  place: string | null;
}

export class Conversation {
  #signs = 0;

  constructor(
    private readonly store: RoomStore,
    private readonly ask: Ask,
    /** The visit is over: nothing more is asked. */
    private readonly isOver: () => boolean,
  ) {}

  readonly ears: { [K in Heard]: (heard: ServerEvents[K]) => void } = {
    chat: ({ messages }) => this.#talked((talk) => ({ messages: merged(talk.messages, messages) })),
    poll: ({ poll }) => this.#talked((talk) => ({ polls: withPoll(talk.polls, poll) })),
    poll_gone: ({ poll_id }) => this.#talked((talk) => ({ polls: without(talk.polls, poll_id) })),
    question: ({ question }) =>
      this.#talked((talk) => ({ questions: withQuestion(talk.questions, question) })),
    question_gone: ({ question_id }) =>
      this.#talked((talk) => ({ questions: without(talk.questions, question_id) })),
    reactions: ({ reactions }) => this.#showSigns(reactions),
    captions: ({ lines }) =>
      this.store.setState(({ captions }) => ({ captions: withLines(captions, lines, Date.now()) })),
    captioning: ({ drafts }) =>
      this.store.setState(({ captions }) => ({ captions: withDrafts(captions, drafts, Date.now()) })),
  };

  /** Asked before a snapshot is taken over; `you` are who one is in it. */
  known(you: Pick<You, "breakout_id">): Known {
    const { talk, captions } = this.store.getState();
    return {
      chat: lastRev(talk.messages, you),
      captions: lastLineRev(captions.lines),
      place: captions.place,
    };
  }

  /** What changed while the line was down; the snapshot has only the newest. */
  catchUp(since: Known): void {
    if (since.chat > 0) void this.#catchUpChat(since.chat);
    const isSamePlace = since.place === this.store.getState().captions.place;
    if (since.captions > 0 && isSamePlace) void this.#catchUpCaptions(since.captions);
  }

  /** My answer to a poll: told to the server, then shown. */
  async answerPoll(said: ClientEvents["answer_poll"]["ask"]): Promise<void> {
    const mine = await this.ask("answer_poll", said);
    this.#talked((talk) => ({ answers: { ...talk.answers, [mine.poll_id]: mine } }));
  }

  /** My vote for a question, likewise. */
  async voteQuestion(id: string, up: boolean): Promise<void> {
    const question = await this.ask("vote_question", { question_id: id, up });
    this.#talked((talk) => ({
      questions: withQuestion(talk.questions, question),
      votes: up ? [...new Set([...talk.votes, id])] : talk.votes.filter((vote) => vote !== id),
    }));
  }

  /** Older messages than those that are here. */
  async readOlder(): Promise<void> {
    const before = this.store.getState().talk.messages[0]?.seq;
    if (before === undefined) return;
    const page = await this.ask("history", { before });
    this.#talked((talk) => ({ messages: merged(talk.messages, page.messages), older: page.more }));
  }

  /** Older lines of the captions than those that are here. */
  async readOlderCaptions(): Promise<void> {
    const { lines, place } = this.store.getState().captions;
    const before = lines[0]?.seq;
    if (before === undefined) return;
    const page = await this.ask("captions", { before });
    this.store.setState(({ captions }) =>
      // Who was moved to another room meanwhile has no use for them.
      captions.place === place
        ? { captions: { ...captions, lines: mergedLines(captions.lines, page.lines), older: page.more } }
        : {},
    );
  }

  #talked(change: (talk: TalkState) => Partial<TalkState>): void {
    this.store.setState(({ talk }) => ({ talk: { ...talk, ...change(talk) } }));
  }

  async #catchUpChat(since: number): Promise<void> {
    try {
      for (let more = true; more && !this.isOver();) {
        const page = await this.ask("history", { since });
        this.#talked((talk) => ({ messages: merged(talk.messages, page.messages) }));
        since = page.messages.at(-1)?.rev ?? since;
        more = page.more;
      }
    } catch {
      // The line dropped again, or the room has nothing for us now: the next snapshot asks anew.
    }
  }

  async #catchUpCaptions(since: number): Promise<void> {
    const { place } = this.store.getState().captions;
    try {
      for (let more = true; more && !this.isOver();) {
        const page = await this.ask("captions", { since });
        if (this.store.getState().captions.place !== place) return;
        this.store.setState(({ captions }) => ({
          captions: { ...captions, lines: mergedLines(captions.lines, page.lines) },
        }));
        since = lastLineRev(page.lines);
        more = page.more;
      }
    } catch {
      // As with the chat.
    }
  }

  #showSigns(reactions: Reaction[]): void {
    const shown = reactions.map((reaction) => ({ ...reaction, key: (this.#signs += 1) }));
    this.store.setState(({ signs }) => ({ signs: [...signs, ...shown].slice(-40) }));
    const keys = new Set(shown.map((sign) => sign.key));
    setTimeout(
      () => this.store.setState(({ signs }) => ({ signs: signs.filter((sign) => !keys.has(sign.key)) })),
      SIGN_SHOWN,
    );
  }
}
