// The front door.
import { cleanup, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";

import { useAccount } from "../../lib/account";
import { setSignedIn } from "../../lib/api";
import { refused, serve, showPage } from "../../lib/test-page";
import { SignInPage } from "./sign-in-page";

afterEach(() => {
  cleanup();
  setSignedIn(null);
  vi.unstubAllGlobals();
});

const email = () => screen.findByRole("textbox", { name: "Email address" });
const go = () => screen.getByRole("button", { name: "Sign in" });

test("what is missing is said at its field, and the first such field has the focus", async () => {
  const asked = serve(() => ({}));
  showPage(<SignInPage />);
  await email();
  await userEvent.click(go());
  expect(await screen.findByText("Write your password.")).toBeDefined();
  expect(document.activeElement).toBe(await email());
  expect((await email()).getAttribute("aria-invalid")).toBe("true");
  expect(asked).toHaveLength(0);
});

test("a wrong password is told in plain words, and what was typed stays", async () => {
  serve(() => refused(401, "wrong-credentials"));
  showPage(<SignInPage />);
  await userEvent.type(await email(), "rosa@example.org");
  await userEvent.type(screen.getByLabelText("Password"), "not the password{Enter}");
  expect((await screen.findByRole("alert")).textContent).toContain("do not fit together");
  expect((await email()).getAttribute("value") ?? ((await email()) as HTMLInputElement).value).toBe(
    "rosa@example.org",
  );
});

test("the right password signs in", async () => {
  const asked = serve(() => ({
    user: { id: "rosa", name: "Rosa Delgado", role: "participant", locale: null },
    access_token: "t",
    token_type: "Bearer",
    expires_in: 900,
  }));
  showPage(<SignInPage />);
  await userEvent.type(await email(), " rosa@example.org ");
  await userEvent.type(screen.getByLabelText("Password"), "the right password{Enter}");
  await vi.waitFor(() => expect(useAccount.getState().me?.id).toBe("rosa"));
  expect(asked[0]?.body).toEqual({ email: "rosa@example.org", password: "the right password" });
});

test("a password can be read while it is typed", async () => {
  showPage(<SignInPage />);
  await email();
  await userEvent.click(screen.getByRole("button", { name: "Show what I typed" }));
  expect(screen.getByLabelText("Password").getAttribute("type")).toBe("text");
});
