// A page that is not there says so in a sentence, also in the title.
import { cleanup, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";

import { showPage } from "../lib/test-page";
import { NotFound } from "./trouble";

afterEach(cleanup);

test("a page that is not there has a sentence for its title and its heading, and a way back", async () => {
  showPage(<NotFound />);
  expect((await screen.findByRole("heading", { level: 1 })).textContent).toBe("There is no such page");
  expect(document.title).toBe("There is no such page, Virtual Day Program");
  expect(screen.getByRole("link", { name: "Go to the start" })).toBeDefined();
});
