// The shapes of the API, by the names the pages use. All of them come from the server's own description in schema.d.ts.
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Role = Schemas["Role"];
export type Icon = Schemas["Icon"];
export type Tone = Schemas["Tone"];
export type Kind = Schemas["Kind"];
export type Part = Schemas["Part"];
export type Problem = Schemas["Problem"];
export type Me = Schemas["Me"];
export type SignedIn = Schemas["SignedIn"];
export type User = Schemas["User"];
export type Mail = Schemas["Mail"];
export type MailText = Schemas["MailText"];
export type Outbox = Schemas["Outbox"];
export type JoinLink = Schemas["JoinLink"];
export type EnrollmentStatus = Schemas["Status"];
export type Enrollment = Schemas["Enrollment"];
export type Program = Schemas["Program"];
export type SessionState = Schemas["State"];
export type Session = Schemas["Session"];
export type NewSeries = Schemas["NewSeries"];
export type Series = Schemas["Series"];
export type SeriesPatch = Schemas["SeriesPatch"];
export type SeriesPreview = Schemas["SeriesPreview"];
export type PreviewedSession = Schemas["PreviewedSession"];
export type LeftOut = Schemas["LeftOut"];
export type Holiday = Schemas["Holiday"];
export type Holidays = Schemas["Holidays"];
export type DayItem = Schemas["DayItem"];
export type Day = Schemas["Day"];
export type Timetable = Schemas["Timetable"];
export type Feed = Schemas["Feed"];
export type Feeds = Schemas["Feeds"];
export type NewFeedAddress = Schemas["NewFeedAddress"];
export type ConsentView = Schemas["ConsentView"];
export type Attendance = Schemas["Attended"];
export type TranscriptLine = Schemas["TranscriptLine"];
export type CaptionLink = Schemas["CaptionLink"];
export type NewCaptionLink = Schemas["NewCaptionLink"];

export type DocumentView = Schemas["DocumentView"];
export type DocumentWriter = Schemas["DocumentWriter"];
export type OpenedDocument = Schemas["OpenedDocument"];
export type SessionDocuments = Schemas["SessionDocuments"];

export type Recordings = Schemas["Recordings"];
export type RecordingView = Schemas["RecordingView"];
export type ProgramRecordings = Schemas["ProgramRecordings"];
export type Replay = Schemas["Replay"];
export type Viewers = Schemas["Viewers"];
export type VideoView = Schemas["VideoView"];
export type BoardReplay = Schemas["BoardReplay"];
export type ReplayTrack = Schemas["ReplayTrack"];
export type ReplayCaption = Schemas["ReplayCaption"];
export type Chapter = Schemas["Chapter"];

/** One page of a list. */
export interface Page<T> {
  items: T[];
  next: string | null;
}
