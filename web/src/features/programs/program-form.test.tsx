// How long recordings are kept is a whole number of days, and zero means that there are none.
import { cleanup, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";

import { showPage } from "../../lib/test-page";
import { type ProgramAnswers, programBody, ProgramForm } from "./program-form";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const defaults: ProgramAnswers = {
  title: "Weekday Together",
  summary: "",
  description: "",
  kind: "day_program",
  visibility: "public",
  time_zone: "Europe/London",
  capacity: "",
  price: "",
  currency: "GBP",
  join_minutes_before: "10",
  waiting_room: false,
  guests: false,
  recording_days: "30",
  icon: "star",
  tone: "sky",
};

test("recordings are kept for as many days as are written", async () => {
  const sent = vi.fn();
  showPage(
    <ProgramForm defaults={defaults} error={null} onSubmit={(answers) => void sent(programBody(answers))}>
      <button type="submit">Save</button>
    </ProgramForm>,
  );
  const user = userEvent.setup();
  const days = await screen.findByLabelText<HTMLInputElement>("Recordings are kept for so many days");
  expect(days.value).toBe("30");
  expect(screen.getByText("0: sessions of this program are not recorded.").id).toBe(
    days.getAttribute("aria-describedby"),
  );
  for (const wrong of ["3651", "a week", "1.5"]) {
    await user.clear(days);
    await user.type(days, wrong);
    await user.click(screen.getByRole("button", { name: "Save" }));
    expect(await screen.findByText("Write a whole number from 0 to 3650.")).toBeTruthy();
  }
  expect(sent).not.toHaveBeenCalled();
  for (const right of ["0", "3650"]) {
    await user.clear(days);
    await user.type(days, right);
    await user.click(screen.getByRole("button", { name: "Save" }));
    await vi.waitFor(() =>
      expect(sent).toHaveBeenLastCalledWith(expect.objectContaining({ recording_days: Number(right) })),
    );
  }
});
