import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { act, cleanup, renderHook, screen, waitFor, within } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { Refused } from "../../../../lib/api";
import { useDevice } from "../../device";
import { openPage, refusal } from "../../engine/fakes";
import type { Poll, Question } from "../../engine/protocol";
import type { RoomEngine } from "../../engine/room-engine";
import type { TalkState } from "../../engine/talk";
import { EngineContext } from "../../hooks/use-room";
import { enter, layOut } from "../room-for-tests";
import { usePollNews, usePollsSeen } from "./polls-seen";

vi.setConfig({ testTimeout: 30_000 });
beforeEach(() => {
  layOut();
  usePollsSeen.setState(usePollsSeen.getInitialState(), true);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const poll = (change: Partial<Poll> = {}): Poll => ({
  id: "poll",
  question: "How was it?",
  kind: "single",
  options: ["Good", "Hard"],
  anonymous: false,
  state: "open",
  shown: false,
  answered: 0,
  results: null,
  ...change,
});

const question = (id: string, change: Partial<Question> = {}): Question => ({
  id,
  user_id: "user of ben",
  name: "Ben Hill",
  text: `What is ${id}?`,
  asked_at: "2026-11-24T10:40:00Z",
  votes: 0,
  answered_at: null,
  answer: null,
  ...change,
});

const talk = (engine: RoomEngine, change: Partial<TalkState>) =>
  act(() => engine.store.setState(({ talk }) => ({ talk: { ...talk, ...change } })));
const press = (name: string | RegExp) => screen.getByRole("button", { name });
const strip = () => document.querySelector(".lr-banner");
const control = (name: string | RegExp) =>
  within(screen.getByRole("navigation", { name: "Room controls" })).getByRole("button", { name });

function answering(engine: RoomEngine, answer: unknown = {}) {
  return vi.spyOn(engine, "ask").mockImplementation(() => Promise.resolve(answer) as never);
}

async function open(as: string, tab: string, change: Partial<TalkState> = {}) {
  const room = enter(as);
  talk(room.engine, change);
  if (!screen.queryByRole("tab", { name: new RegExp(`^${tab}`) })) await room.user.click(control(/^People/));
  await room.user.click(screen.getByRole("tab", { name: new RegExp(`^${tab}`) }));
  return { ...room, ask: answering(room.engine) };
}

describe("polls", () => {
  it("are no tab for participants until there is one; then it is said politely and counted", async () => {
    const { engine, user } = enter();
    expect(screen.queryByRole("button", { name: /^Polls/ })).toBeNull();
    talk(engine, { polls: [poll()] });
    const status = screen.getAllByRole("status").find((one) => one.getAttribute("aria-live") === "polite");
    await waitFor(() => expect(status?.textContent).toContain("A new poll is open under Polls: How was it?"));
    await user.click(control("Polls , 1 new"));
    expect(screen.getByRole("tab", { name: "Polls", selected: true })).toBeDefined();
    expect(control("Polls")).toBeDefined();
  });

  it("are offered over the stage while they wait for an answer, to who does not lead them", async () => {
    const { engine, user } = enter();
    const focus = document.activeElement;
    talk(engine, { polls: [poll()] });
    expect(strip()?.textContent).toContain("A poll is open: How was it?");
    expect(document.activeElement).toBe(focus);
    await user.click(control(/^People/));
    await user.click(press("Answer"));
    expect(screen.getByRole("tab", { name: "Polls", selected: true })).toBeDefined();
    expect(strip()).toBeNull();
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("heading", { name: "Polls" })));
    await user.click(screen.getByRole("tab", { name: /^Chat/ }));
    expect(strip()).not.toBeNull();
    talk(engine, { answers: { poll: { poll_id: "poll", choices: [1], text: "" } } });
    expect(strip()).toBeNull();
    cleanup();
    talk(enter("ada").engine, { polls: [poll()] });
    expect(strip()).toBeNull();
  });

  it("are offered until that is put off or they are closed, and again when they are asked anew", async () => {
    const { engine, user } = enter();
    talk(engine, { polls: [poll(), poll({ id: "second", question: "Why?" })] });
    expect(strip()?.textContent).toContain("A poll is open: Why?");
    await user.click(press("Close"));
    expect(strip()).toBeNull();
    expect(document.activeElement?.id).toBe("main");
    talk(engine, { polls: [poll({ state: "closed" })] });
    talk(engine, { polls: [poll()] });
    expect(strip()?.textContent).toContain("How was it?");
    talk(engine, { polls: [poll({ state: "closed" })] });
    expect(strip()).toBeNull();
  });

  it("are said to who comes in while they are open, once, and not to who answered", () => {
    const { engine } = openPage();
    const polls = [poll(), poll({ id: "old", question: "Old?" }), poll({ id: "over", state: "closed" })];
    const answers = { old: { poll_id: "old", choices: [0], text: "" } };
    engine.store.setState(({ talk }) => ({ talk: { ...talk, polls, answers } }));
    const say = vi.fn();
    const wrapper = ({ children }: { children: ReactNode }) => (
      <I18nProvider i18n={i18n}>
        <EngineContext value={engine}>{children}</EngineContext>
      </I18nProvider>
    );
    renderHook(() => usePollNews(say), { wrapper });
    talk(engine, { polls: [...polls] });
    expect(say.mock.calls).toEqual([["A new poll is open under Polls: How was it?"]]);
  });

  it("are reached from the calm view, which has no panel", async () => {
    useDevice.setState({ view: "calm" });
    const { engine, user } = enter();
    talk(engine, { polls: [poll()] });
    await user.click(press("Answer"));
    expect(screen.getByRole("tab", { name: "Polls", selected: true })).toBeDefined();
    expect(screen.getByRole("radio", { name: "Hard" })).toBeDefined();
  });

  it("are answered with radios, said back, and changed while open", async () => {
    const { engine, user, ask } = await open("fay", "Polls", { polls: [poll()] });
    expect(screen.getByText(/The hosts see who answered what/)).toBeDefined();
    await user.click(press("Send my answer"));
    expect(screen.getByText("Choose an answer first.")).toBeDefined();
    ask.mockRejectedValueOnce(new Refused(refusal("poll-closed", 409)));
    await user.click(screen.getByRole("radio", { name: "Hard" }));
    await user.click(press("Send my answer"));
    expect(await screen.findByText("No: poll-closed.")).toBeDefined();
    ask.mockResolvedValueOnce({ poll_id: "poll", choices: [1], text: "" });
    await user.click(press("Send my answer"));
    expect(ask).toHaveBeenLastCalledWith("answer_poll", { poll_id: "poll", choices: [1] });
    const mine = await screen.findByText("You answered: Hard");
    expect(document.activeElement).toBe(mine);
    await user.click(press("Change my answer"));
    expect(document.activeElement).toBe(screen.getByRole("radio", { name: "Hard", checked: true }));
    talk(engine, { polls: [poll({ state: "closed" })] });
    expect(screen.getByText("You answered: Hard")).toBeDefined();
    expect(screen.queryByRole("button", { name: "Send my answer" })).toBeNull();
  });

  it("take several options, a number, or words, and say plainly that they are anonymous", async () => {
    const { user, ask } = await open("fay", "Polls", {
      polls: [
        poll({ id: "many", question: "Which?", kind: "multiple", anonymous: true }),
        poll({ id: "rate", question: "How much?", kind: "rating", options: [] }),
        poll({ id: "words", question: "Why?", kind: "text", options: [] }),
      ],
    });
    const card = (name: string) => within(screen.getByRole("article", { name }));
    expect(card("Which?").getByText(/Nobody sees who answered what/)).toBeDefined();
    await user.click(card("Which?").getByRole("checkbox", { name: "Hard" }));
    await user.click(card("Which?").getByRole("checkbox", { name: "Good" }));
    ask.mockResolvedValueOnce({ poll_id: "many", choices: [0, 1], text: "" });
    await user.click(card("Which?").getByRole("button", { name: "Send my answer" }));
    expect(ask).toHaveBeenLastCalledWith("answer_poll", { poll_id: "many", choices: [0, 1] });
    await user.click(card("How much?").getByRole("radio", { name: "4" }));
    ask.mockResolvedValueOnce({ poll_id: "rate", choices: [4], text: "" });
    await user.click(card("How much?").getByRole("button", { name: "Send my answer" }));
    expect(ask).toHaveBeenLastCalledWith("answer_poll", { poll_id: "rate", choices: [4] });
    await user.type(card("Why?").getByRole("textbox", { name: "Why?" }), " It moves ");
    ask.mockResolvedValueOnce({ poll_id: "words", choices: [], text: "It moves" });
    await user.click(card("Why?").getByRole("button", { name: "Send my answer" }));
    expect(ask).toHaveBeenLastCalledWith("answer_poll", { poll_id: "words", text: "It moves" });
    expect(await screen.findByText("You answered: It moves")).toBeDefined();
  });

  it("are made by hosts with options one by one, now or for later", async () => {
    const { user, ask } = await open("ada", "Polls");
    await user.click(press("Make a poll"));
    expect(document.activeElement).toBe(screen.getByRole("textbox", { name: "Question" }));
    await user.click(press("Ask now"));
    expect(screen.getByText("Write the question first.")).toBeDefined();
    await user.type(screen.getByRole("textbox", { name: "Question" }), "How was it?");
    await user.type(screen.getByRole("textbox", { name: "Option 1" }), "Good");
    await user.type(screen.getByRole("textbox", { name: "Option 2" }), "Good");
    await user.click(press("Save for later"));
    expect(screen.getByText("Two options are the same. Change one of them.")).toBeDefined();
    await user.click(press("Add an option"));
    await waitFor(() =>
      expect(document.activeElement).toBe(screen.getByRole("textbox", { name: "Option 3" })),
    );
    await user.keyboard("Hard");
    await user.click(press("Take away option 2"));
    await user.click(screen.getByRole("checkbox", { name: /^Anonymous/ }));
    await user.click(press("Save for later"));
    expect(ask).toHaveBeenLastCalledWith("make_poll", {
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      question: "How was it?",
      kind: "single",
      options: ["Good", "Hard"],
      anonymous: true,
      open: false,
    });
    await waitFor(() => expect(document.activeElement).toBe(press("Make a poll")));
  });

  it("stay half made while another tab is looked at, until they are sent or cancelled", async () => {
    const { user, ask } = await open("ada", "Polls");
    await user.click(press("Make a poll"));
    await user.type(screen.getByRole("textbox", { name: "Question" }), "How?");
    await user.type(screen.getByRole("textbox", { name: "Option 2" }), "Hard");
    await user.click(screen.getByRole("radio", { name: "Several options" }));
    const away = async () => {
      await user.click(screen.getByRole("tab", { name: /^Questions/ }));
      await user.click(screen.getByRole("tab", { name: /^Polls/ }));
    };
    await away();
    expect(document.activeElement).toBe(screen.getByRole("tab", { name: /^Polls/ }));
    expect(screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Question" }).value).toBe("How?");
    expect(screen.getByRole<HTMLInputElement>("textbox", { name: "Option 2" }).value).toBe("Hard");
    expect(screen.getByRole("radio", { name: "Several options", checked: true })).toBeDefined();
    await user.click(press("Cancel"));
    await away();
    await user.click(press("Make a poll"));
    const field = screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Question" });
    expect(field.value).toBe("");
    await user.type(field, "Why?");
    await user.click(screen.getByRole("radio", { name: "Their own words" }));
    await user.click(press("Save for later"));
    expect(ask).toHaveBeenLastCalledWith("make_poll", expect.objectContaining({ question: "Why?" }));
    await away();
    expect(press("Make a poll")).toBeDefined();
  });

  it("are asked, closed, shown and removed by hosts, who are told first what goes", async () => {
    const { engine, user, ask } = await open("ada", "Polls", { polls: [poll({ state: "draft" })] });
    await user.click(press("Ask now"));
    expect(ask).toHaveBeenLastCalledWith("change_poll", { poll_id: "poll", state: "open" });
    talk(engine, { polls: [poll({ answered: 2 })] });
    await user.click(press("Close the poll"));
    expect(ask).toHaveBeenLastCalledWith("change_poll", { poll_id: "poll", state: "closed" });
    await user.click(press("Show the results to everyone"));
    expect(ask).toHaveBeenLastCalledWith("change_poll", { poll_id: "poll", shown: true });
    await user.click(press("Remove"));
    const dialog = screen.getByRole("dialog", { name: "Remove this poll?" });
    expect(dialog.textContent).toContain("It goes for everyone, with 2 answers.");
    expect(document.activeElement).toBe(within(dialog).getByRole("button", { name: "Keep it" }));
    await user.click(within(dialog).getByRole("button", { name: "Remove the poll" }));
    expect(ask).toHaveBeenLastCalledWith("remove_poll", { poll_id: "poll" });
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("show results in words, to hosts with who chose what", async () => {
    const results = {
      counts: [3, 1],
      texts: [],
      people: [
        { user_id: "user of ben", choices: [1] },
        { user_id: "nobody here", choices: [0] },
      ],
    };
    const { engine } = await open("ada", "Polls", { polls: [poll({ answered: 4, results })] });
    const rows = (hidden = false) =>
      within(screen.getByRole("figure"))
        .getAllByRole("listitem")
        .map((row) =>
          [...row.children]
            .filter((part) => (part.getAttribute("aria-hidden") === "true") === hidden)
            .map((part) => part.textContent)
            .filter(Boolean),
        );
    expect(rows()).toEqual([
      ["Good: 3 of 4, 75 percent", "Somebody who has left"],
      ["Hard: 1 of 4, 25 percent", "Ben Hill"],
    ]);
    expect(rows(true)).toEqual([
      ["Good", "3 of 4, 75 percent"],
      ["Hard", "1 of 4, 25 percent"],
    ]);
    talk(engine, { polls: [poll({ answered: 4, anonymous: true, results: { ...results, people: [] } })] });
    expect(rows()).toEqual([["Good: 3 of 4, 75 percent"], ["Hard: 1 of 4, 25 percent"]]);
    const counts = [0, 0, 0, 1, 1];
    talk(engine, {
      polls: [poll({ kind: "rating", options: [], answered: 2, results: { ...results, counts } })],
    });
    expect(screen.getByRole("figure").textContent).toContain("2 answers, 4.5 of 5 on average");
  });

  it("can be answered by hosts too, who are not asked to", async () => {
    const { engine, user, ask } = await open("ada", "Polls", { polls: [poll()] });
    expect(screen.queryByRole("radio")).toBeNull();
    await user.click(press("Answer it yourself"));
    expect(document.activeElement).toBe(screen.getByRole("radio", { name: "Good" }));
    await user.click(screen.getByRole("radio", { name: "Hard" }));
    ask.mockResolvedValueOnce({ poll_id: "poll", choices: [1], text: "" });
    await user.click(press("Send my answer"));
    expect(ask).toHaveBeenLastCalledWith("answer_poll", { poll_id: "poll", choices: [1] });
    const mine = await screen.findByText("You answered: Hard");
    expect(document.activeElement).toBe(mine);
    expect(screen.queryByRole("button", { name: "Answer it yourself" })).toBeNull();
    talk(engine, { polls: [poll({ state: "closed" })], answers: {} });
    expect(screen.queryByText("You did not answer.")).toBeNull();
    expect(screen.queryByRole("button", { name: "Answer it yourself" })).toBeNull();
  });
});

describe("questions", () => {
  it("stand open first, then by who else wants to know, then by time, and are counted", async () => {
    await open("fay", "Questions", {
      questions: [
        question("done", { answered_at: "2026-11-24T10:45:00Z", answer: "It is a bend.", votes: 9 }),
        question("late", { asked_at: "2026-11-24T10:50:00Z" }),
        question("early"),
        question("wanted", { votes: 2 }),
      ],
    });
    const names = screen.getAllByRole("article").map((one) => one.getAttribute("aria-label"));
    expect(names).toEqual(["What is wanted?", "What is early?", "What is late?", "What is done?"]);
    expect(screen.getByRole("tab", { name: "Questions 3" })).toBeDefined();
    expect(screen.getByRole("article", { name: "What is done?" }).textContent).toContain("It is a bend.");
  });

  it("are asked, and what was refused stays", async () => {
    const { user, ask } = await open("fay", "Questions");
    const field = screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Ask the hosts a question" });
    await user.type(field, "May I sit?");
    ask.mockRejectedValueOnce(new Refused(refusal("too-many", 429)));
    await user.click(press("Ask"));
    expect(await screen.findByText("No: too-many.")).toBeDefined();
    expect(field.value).toBe("May I sit?");
    await user.click(press("Ask"));
    const [first, second] = ask.mock.calls.map(([, said]) => said as { id: string; text: string });
    expect(second).toEqual({ id: first?.id, text: "May I sit?" });
    await waitFor(() => expect(field.value).toBe(""));
    expect(document.activeElement).toBe(field);
  });

  it("stay half written while another tab is looked at", async () => {
    const { user } = await open("fay", "Questions");
    await user.type(screen.getByRole("textbox", { name: "Ask the hosts a question" }), "May I");
    await user.click(screen.getByRole("tab", { name: /^People/ }));
    await user.click(screen.getByRole("tab", { name: /^Questions/ }));
    const field = screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Ask the hosts a question" });
    expect(field.value).toBe("May I");
  });

  it("are wanted by others, and taken back by who asked", async () => {
    const questions = [question("it"), question("mine", { user_id: "user of fay", votes: 1 })];
    const { user, ask } = await open("fay", "Questions", { questions });
    const own = within(screen.getByRole("article", { name: "What is mine?" }));
    expect(own.queryByRole("button", { name: /want to know/ })).toBeNull();
    expect(own.getByText(/1 other person wants to know it too/)).toBeDefined();
    ask.mockResolvedValueOnce(question("it", { votes: 1 }));
    await user.click(screen.getByRole("button", { name: "I want to know that too 0", pressed: false }));
    expect(ask).toHaveBeenLastCalledWith("vote_question", { question_id: "it", up: true });
    expect(
      await screen.findByRole("button", { name: "I want to know that too 1", pressed: true }),
    ).toBeDefined();
    await user.click(own.getByRole("button", { name: "Take back" }));
    await user.click(press("Take it back"));
    expect(ask).toHaveBeenLastCalledWith("remove_question", { question_id: "mine" });
  });

  it("are marked by hosts, with or without a written answer, and opened again", async () => {
    const { engine, user, ask } = await open("ada", "Questions", { questions: [question("it")] });
    await user.click(press("Mark as answered"));
    const field = screen.getByRole("textbox", { name: /^Written answer/ });
    expect(document.activeElement).toBe(field);
    await user.type(field, "Yes.");
    await user.click(press("Mark as answered"));
    expect(ask).toHaveBeenLastCalledWith("settle_question", {
      question_id: "it",
      answered: true,
      answer: "Yes.",
    });
    talk(engine, { questions: [question("it", { answered_at: "2026-11-24T10:45:00Z", answer: "Yes." })] });
    await user.click(press("Not answered after all"));
    expect(ask).toHaveBeenLastCalledWith("settle_question", { question_id: "it", answered: false });
  });
});
