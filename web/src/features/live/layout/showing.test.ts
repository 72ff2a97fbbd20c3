import { describe, expect, it } from "vitest";

import type { DocumentView } from "../engine/protocol";
import { follow, type Looked, onStageNow } from "./showing";

const documents = ["a", "b"].map((id) => ({ id }) as DocumentView);
const START: Looked = { choice: null, before: null, sharing: false, shown: null };
const seen = (looked: Looked) => onStageNow(looked, documents)?.id ?? null;
const chose = (looked: Looked, id: string): Looked => ({ ...looked, choice: { on: "document", id } });

describe("what the large place shows", () => {
  it("is what a host shows to everybody, and at its end what it was before", () => {
    const own = chose(START, "a");
    const led = follow(own, { sharing: false, shown: "b" });
    expect(seen(led)).toBe("b");
    expect(seen(follow(led, { sharing: false, shown: null }))).toBe("a");
  });

  it("stays with who looked away from it", () => {
    const led = follow(START, { sharing: false, shown: "b" });
    const away = chose(led, "a");
    expect(seen(away)).toBe("a");
    expect(seen(follow(away, { sharing: false, shown: null }))).toBe("a");
  });

  it("is a screen that begins, and after it what everybody is shown", () => {
    const led = follow(START, { sharing: false, shown: "b" });
    const screen = follow(led, { sharing: true, shown: "b" });
    expect(screen.choice).toEqual({ on: "screen" });
    expect(seen(screen)).toBeNull();
    expect(seen(follow(screen, { sharing: false, shown: "b" }))).toBe("b");
  });

  it("is never a document of another room", () => {
    expect(seen(chose(START, "elsewhere"))).toBeNull();
    expect(seen(follow(START, { sharing: false, shown: "elsewhere" }))).toBeNull();
  });
});
