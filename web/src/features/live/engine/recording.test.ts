import { expect, it } from "vitest";
import { openPage } from "./fakes";
import { emptyDesk } from "./state";

it("keeps what runs as a part of the desk, and notes why it ended by itself", async () => {
  const { engine, server, state } = openPage();
  await engine.begin("live");
  await engine.enter();
  await expect.poll(() => server.sockets.length).toBe(1);
  await expect.poll(() => state().you?.consent).toBeNull();
  const recording = { id: "r1", since: "2026-11-24T10:31:00Z" };
  server.socket.hears("desk", { ...emptyDesk, recording });
  expect(state().desk.recording).toEqual(recording);
  server.socket.hears("recording_ended", { because: "full" });
  expect(state().note).toMatchObject({ kind: "recording_ended", because: "full" });
  engine.dispose();
});
