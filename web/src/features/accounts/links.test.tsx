// The pages behind one-time and personal links.
import { cleanup, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";

import { useAccount } from "../../lib/account";
import { setSignedIn } from "../../lib/api";
import { refused, serve, showPage } from "../../lib/test-page";
import { JoinLinkPage } from "./join-link-page";
import { SetUpPage } from "./set-up-page";

afterEach(() => {
  cleanup();
  setSignedIn(null);
  vi.unstubAllGlobals();
});

const signedIn = (role: string) => ({
  user: { id: role, name: "Ada Nwosu", role, locale: null },
  access_token: "t",
  token_type: "Bearer",
  expires_in: 900,
});
const open = (address: string) => history.replaceState(null, "", address);

test("a join link signs in, and its secret is gone from the address", async () => {
  open("/j#secret-1");
  const asked = serve(() => signedIn("participant"));
  showPage(<JoinLinkPage />);
  await vi.waitFor(() => expect(useAccount.getState().me?.role).toBe("participant"));
  expect(location.hash).toBe("");
  expect(asked[0]).toMatchObject({ path: "/auth/link", body: { token: "secret-1" } });
});

test("a revoked join link says what to do", async () => {
  open("/j#secret-2");
  serve(() => refused(401, "link-not-valid"));
  showPage(<JoinLinkPage />);
  expect((await screen.findByRole("alert")).textContent).toContain("Ask the person who gave it to you");
});

test("another join link pasted into the same tab is opened, and so is the same one again", async () => {
  open("/j#old");
  const asked = serve(({ body }) =>
    (body as { token: string }).token === "new" ? signedIn("participant") : refused(401, "link-not-valid"),
  );
  showPage(<JoinLinkPage />);
  await screen.findByRole("alert");
  location.hash = "#old";
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  expect(location.hash).toBe("");
  await screen.findByRole("alert");
  location.hash = "#new";
  await vi.waitFor(() => expect(useAccount.getState().me?.role).toBe("participant"));
  expect(location.hash).toBe("");
});

test("without an answer a join link can be tried again", async () => {
  open("/j#secret-3");
  const fetch = vi.fn().mockRejectedValueOnce(new TypeError("network"));
  fetch.mockImplementation(() => Promise.resolve(Response.json(signedIn("participant"))));
  vi.stubGlobal("fetch", fetch);
  showPage(<JoinLinkPage />);
  await userEvent.click(await screen.findByRole("button", { name: "Try again" }));
  await vi.waitFor(() => expect(useAccount.getState().me?.role).toBe("participant"));
});

test("set-up asks one question a page, keeps what was typed, and sends it all", async () => {
  open("/set-up#first");
  const asked = serve(({ path }) =>
    path === "/setup/check" ? new Response(null, { status: 204 }) : signedIn("admin"),
  );
  showPage(<SetUpPage />);
  const next = () => userEvent.click(screen.getByRole("button", { name: "Continue" }));
  await screen.findByText("Step 1 of 3");
  await next();
  await screen.findByText("Write the name people know you by.");
  await userEvent.type(screen.getByLabelText("Name of the organisation"), "Harbour Lane");
  await next();
  await screen.findByText("Step 2 of 3");
  await userEvent.click(screen.getByRole("button", { name: "Back" }));
  expect(screen.getByLabelText<HTMLInputElement>("Name of the organisation").value).toBe("Harbour Lane");
  await next();
  await userEvent.type(await screen.findByLabelText("Your name"), "Ada Nwosu");
  await userEvent.type(screen.getByLabelText("Email address"), "ada@house.example");
  await next();
  await userEvent.type(await screen.findByLabelText("Password"), "a long password");
  await userEvent.click(screen.getByRole("button", { name: "Finish set-up" }));
  await vi.waitFor(() => expect(useAccount.getState().me?.role).toBe("admin"));
  expect(asked.at(-1)?.body).toMatchObject({
    token: "first",
    organisation: "Harbour Lane",
    name: "Ada Nwosu",
    email: "ada@house.example",
    password: "a long password",
  });
});

test("a used set-up link says so", async () => {
  open("/set-up#second");
  serve(() => refused(404, "set-up-link-used"));
  showPage(<SetUpPage />);
  expect((await screen.findByRole("heading", { level: 1 })).textContent).toBe("This link was used already");
});
