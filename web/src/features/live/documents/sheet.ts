import type { OpenedDocument } from "../../../contract/types";

/** What a sheet of paper on the page is given, whatever its kind. */
export interface SheetProps {
  opened: OpenedDocument;
  session: { id: string; title: string };
  /** The day of the class, like 2026-11-24. */
  date: string;
}
