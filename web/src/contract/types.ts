// The shapes of the API.
export type Role = "admin" | "instructor" | "participant";
export type Icon = "sunrise" | "movement" | "tea" | "scissors" | "music" | "palette" | "book" | "pot" | "film" | "chat" | "star" | "leaf" | "laptop" | "hands";
export type Tone = "clay" | "moss" | "leaf" | "teal" | "sky" | "iris" | "plum" | "stone";
export type Kind = "day_program" | "course" | "workshop" | "event";
export type Part = "lead" | "co_instructor" | "assistant";
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  params: Record<string, unknown>;
  errors: { field: string; type: string; message: string }[];
}
export interface Page<T> {
  items: T[];
  next: string | null;
}
export interface Me {
  id: string;
  name: string;
  email: string | null;
  role: Role;
  pronouns: string | null;
  locale: string | null;
  time_zone: string;
  active: boolean;
  scope: "account" | "link";
  created_at: string;
}
export interface SignedIn {
  user: Me;
  access_token: string;
  token_type: string;
  expires_in: number;
}
export type User = Omit<Me, "scope"> & { has_join_link: boolean };
export interface JoinLink {
  url: string;
  created_at: string;
}
export type EnrollmentStatus = "waitlisted" | "pending" | "active" | "completed" | "cancelled";
export interface Enrollment {
  id: string;
  program_id: string;
  user: { id: string; name: string };
  status: EnrollmentStatus;
  place_in_line: number | null;
  created_at: string;
  updated_at: string;
}
export interface Program {
  id: string;
  slug: string;
  title: string;
  summary: string;
  description: string;
  kind: Kind;
  status: "draft" | "published" | "archived";
  visibility: "public" | "link" | "private";
  time_zone: string;
  capacity: number | null;
  places_left: number | null;
  price_cents: number;
  currency: string;
  join_minutes_before: number;
  icon: Icon;
  tone: Tone;
  staff: { user: { id: string; name: string }; part: Part }[];
  enrolled: number;
  waiting: number;
  my: {
    part: Part | null;
    enrollment: { id: string; status: EnrollmentStatus; place_in_line: number | null } | null;
  } | null;
  created_at: string;
  updated_at: string;
}
export type SessionState = "scheduled" | "live" | "ended" | "cancelled";
export interface Session {
  id: string;
  program_id: string;
  title: string;
  summary: string;
  starts_at: string;
  ends_at: string;
  starts_local: string;
  ends_local: string;
  time_zone: string;
  state: SessionState;
  can_join_at: string;
  started_at: string | null;
  ended_at: string | null;
  cancel_reason: string | null;
  icon: Icon;
  tone: Tone;
  lead: { id: string; name: string } | null;
  created_at: string;
  updated_at: string;
}
export interface DayItem {
  session: Session;
  program: { id: string; slug: string; title: string; kind: Kind; icon: Icon; tone: Tone };
  role: "staff" | "participant";
  state: "later" | "open" | "live" | "over" | "cancelled";
  can_join_at: string;
  my_seconds: number | null;
  in_room: number;
  in_room_names: string[];
  waiting: number;
  due: number;
  came: number | null;
}
export interface Day {
  date: string;
  time_zone: string;
  items: DayItem[];
}
export interface Timetable {
  time_zone: string;
  items: DayItem[];
}
export interface Attendance {
  user: { id: string; name: string };
  role: "staff" | "participant";
  seconds: number;
  first_joined_at: string | null;
  last_left_at: string | null;
  present: boolean;
  intervals: { joined_at: string; left_at: string | null; source: "live" | "correction" }[];
}
