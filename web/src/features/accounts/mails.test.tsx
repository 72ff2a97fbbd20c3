// A forgotten password, and the outbox.
import { cleanup, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { refused, serve, showPage } from "../../lib/test-page";
import { ForgotPage } from "./forgot-page";
import { MailsPage } from "./mails-page";
import { ResetPage } from "./reset-page";

// jsdom has dialogs without their methods.
beforeEach(() => {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const empty = (status: number) => new Response(null, { status });
const open = (address: string) => history.replaceState(null, "", address);

test("a forgotten password is asked for, and the answer does not say whether anybody is there", async () => {
  const asked = serve(() => empty(202));
  showPage(<ForgotPage />);
  const send = await screen.findByRole("button", { name: "Email me a link" });
  await userEvent.click(send);
  expect(await screen.findByText("Write your email address, like rosa@example.org.")).toBeDefined();
  expect(asked).toHaveLength(0);
  await userEvent.type(screen.getByRole("textbox", { name: "Email address" }), " rosa@example.org {Enter}");
  expect((await screen.findByRole("status")).textContent).toContain("If rosa@example.org has an account");
  expect(asked[0]).toMatchObject({ path: "/auth/forgot", body: { email: "rosa@example.org" } });
});

test("too many tries are told, and the address stays", async () => {
  serve(() => refused(429, "too-many-tries"));
  showPage(<ForgotPage />);
  await userEvent.type(
    await screen.findByRole("textbox", { name: "Email address" }),
    "rosa@example.org{Enter}",
  );
  expect((await screen.findByRole("alert")).textContent).toContain("Wait a few minutes");
  expect(screen.getByRole<HTMLInputElement>("textbox").value).toBe("rosa@example.org");
});

test("a link from a mail leads to another password, and its secret is gone from the address", async () => {
  open("/reset#secret-1");
  const asked = serve(() => empty(204));
  showPage(<ResetPage />);
  const password = await screen.findByLabelText("New password");
  expect(location.hash).toBe("");
  await userEvent.type(password, "short{Enter}");
  expect(password.getAttribute("aria-invalid")).toBe("true");
  await userEvent.type(password, " and now long enough{Enter}");
  const heading = await screen.findByRole("heading", { name: "Your password is changed" });
  expect(document.activeElement).toBe(heading);
  expect(asked.map(({ path, body }) => [path, body])).toEqual([
    ["/auth/reset/check", { token: "secret-1" }],
    ["/auth/reset", { token: "secret-1", password: "short and now long enough" }],
  ]);
});

test("a link that ran out says so, before anything is typed and after", async () => {
  open("/reset#secret-2");
  serve(() => refused(404, "reset-link-not-valid"));
  showPage(<ResetPage />);
  expect(await screen.findByRole("link", { name: "Ask for a new link" })).toBeDefined();
  cleanup();
  open("/reset#secret-3");
  serve(({ path }) => (path === "/auth/reset" ? refused(404, "reset-link-not-valid") : empty(204)));
  showPage(<ResetPage />);
  await userEvent.type(await screen.findByLabelText("New password"), "long enough for us{Enter}");
  expect(await screen.findByRole("heading", { name: "This link does not work any more" })).toBeDefined();
});

const mail = {
  id: "m1",
  to: "rosa@example.org",
  name: "Rosa Delgado",
  kind: "password-reset",
  locale: "en",
  subject: "A new password",
  state: "waiting",
  attempts: 0,
  last_error: null,
  created_at: "2026-11-23T10:00:00Z",
  sent_at: null,
};

test("without a mail server an admin reads what waits", async () => {
  serve(({ path }) =>
    path === "/mails/m1"
      ? { ...mail, secret: true, text: "Hello Rosa, here is your link" }
      : { items: [mail], next: null, delivers: false },
  );
  showPage(<MailsPage />);
  expect(await screen.findByText(/No mail server is set up/)).toBeDefined();
  await userEvent.click(await screen.findByRole("button", { name: "Read “A new password” to Rosa Delgado" }));
  expect(await screen.findByText("Hello Rosa, here is your link")).toBeDefined();
  expect(screen.queryByRole("button", { name: "Try to send it again" })).toBeNull();
});

test("mails are filtered by what became of them, and one that failed is tried again", async () => {
  const failed = { ...mail, state: "failed", last_error: "554 Not wanted here" };
  const asked = serve(({ method, path }) => {
    if (method === "POST") return refused(409, "mail-ran-out");
    if (path === "/mails/m1") return { ...failed, secret: true, text: null };
    return { items: path.includes("state=sent") ? [] : [failed], next: null, delivers: true };
  });
  showPage(<MailsPage />);
  await userEvent.selectOptions(await screen.findByLabelText("Show"), "sent");
  expect(await screen.findByText("There are no such mails.")).toBeDefined();
  expect(asked.at(-1)?.path).toBe("/mails?limit=50&state=sent");
  await userEvent.selectOptions(screen.getByLabelText("Show"), "");
  await userEvent.click(await screen.findByRole("button", { name: /Read “A new password”/ }));
  expect(await screen.findByText(/Only the person it is for/)).toBeDefined();
  expect(screen.getByText("554 Not wanted here")).toBeDefined();
  await userEvent.click(screen.getByRole("button", { name: "Try to send it again" }));
  expect((await screen.findByRole("alert")).textContent).toContain("has run out");
});
