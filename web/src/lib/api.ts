// The client of our API: bearer token in memory, refresh by cookie, refusals as `Problem`.
import type { Problem, SignedIn } from "../contract/types";
import { noteServerTime } from "./clock";
import { heard } from "./reach";
import { readStored, writeStored } from "./stored";

/** A refusal of the server, or the lack of an answer. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
  get status(): number {
    return this.problem.status;
  }
  get type(): string {
    return this.problem.type;
  }
  /** The sentence about one field, if it is wrong. */
  field(name: string): string | undefined {
    return this.problem.errors.find((e) => e.field === name)?.message;
  }
}

const OFFLINE: Problem = {
  type: "offline",
  title: "No answer",
  status: 0,
  detail: "The server does not answer. Check the connection, then try again.",
  params: {},
  errors: [],
};

type Listener = (signedIn: SignedIn | null) => void;

let token: string | null = null;
let expiresAt = 0;
let refreshing: Promise<SignedIn | null> | null = null;
const listeners = new Set<Listener>();

/** Hears every sign-in, refresh and sign-out. */
export function onSignIn(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * The cookie of a sign-in is hidden from us; this note beside it says that there may be one, so that a stranger's page does
 * not ask in vain.
 */
const NOTE = "vdp-signed-in";

/** Whether this browser was signed in when it was last open. */
export function mayBeSignedIn(): boolean {
  return readStored(NOTE) !== null;
}

/** Takes a sign-in over, or forgets it. */
export function setSignedIn(answer: SignedIn | null): void {
  writeStored(NOTE, answer ? "1" : null);
  token = answer?.access_token ?? null;
  expiresAt = answer ? Date.now() + answer.expires_in * 1000 : 0;
  listeners.forEach((listener) => listener(answer));
}

/** A token that is good for at least another half minute; null when nobody is signed in. */
export async function accessToken(): Promise<string | null> {
  if (token && Date.now() < expiresAt - 30_000) return token;
  return (await refresh()) ? token : null;
}

/**
 * Trades the refresh cookie for a new token. A refresh token works once, so only one tab may do it at a time: the others
 * wait for the lock and then use the new cookie.
 */
export function refresh(): Promise<SignedIn | null> {
  refreshing ??= exclusively(async () => {
    const response = await send("POST", "/auth/refresh", undefined, null);
    if (response.status === 401) return null;
    if (!response.ok) throw await refusal(response);
    return (await response.json()) as SignedIn;
  })
    .then((answer) => {
      setSignedIn(answer);
      return answer;
    })
    .finally(() => {
      refreshing = null;
    });
  return refreshing;
}

function exclusively<T>(work: () => Promise<T>): Promise<T> {
  // Plain http on a network has no locks; then there is only the single flight of this tab.
  const locks = (navigator as { locks?: LockManager }).locks;
  return locks ? (locks.request("vdp-refresh", work) as Promise<T>) : work();
}

export interface Options {
  body?: unknown;
  /** The version that is being changed, for `If-Match`. */
  version?: string | null;
  signal?: AbortSignal;
  headers?: Record<string, string>;
}

/** An answer with its ETag. */
export interface Versioned<T> {
  data: T;
  version: string | null;
}

async function call(method: string, path: string, options: Options): Promise<Response> {
  const first = await send(method, path, options, token);
  const isDoor = path.startsWith("/auth/") || path.startsWith("/setup");
  if (first.status !== 401 || isDoor || !mayBeSignedIn()) return first;
  const again = await refresh();
  return again ? send(method, path, options, token) : first;
}

async function send(method: string, path: string, options: Options | undefined, bearer: string | null) {
  const headers: Record<string, string> = { ...options?.headers };
  if (bearer) headers.authorization = `Bearer ${bearer}`;
  if (options?.version) headers["if-match"] = options.version;
  const init: RequestInit = { method, headers };
  if (options?.body !== undefined) {
    headers["content-type"] = "application/json";
    init.body = JSON.stringify(options.body);
  }
  if (options?.signal) init.signal = options.signal;
  const askedAt = Date.now();
  try {
    const response = await fetch(`/api/v1${path}`, init);
    heard(response.status);
    noteServerTime(response.headers.get("date"), askedAt);
    return response;
  } catch (error) {
    if (options?.signal?.aborted) throw error;
    heard(0);
    throw new Refused(OFFLINE);
  }
}

async function refusal(response: Response): Promise<Refused> {
  const kind = response.headers.get("content-type") ?? "";
  if (kind.includes("json")) return new Refused((await response.json()) as Problem);
  return new Refused({ ...OFFLINE, type: "broken", status: response.status });
}

/** Calls the API; a refusal is thrown as `Refused`. */
export async function api<T>(method: string, path: string, options: Options = {}): Promise<T> {
  return (await versioned<T>(method, path, options)).data;
}

/** The same, with the version for a later `If-Match`. */
export async function versioned<T>(
  method: string,
  path: string,
  options: Options = {},
): Promise<Versioned<T>> {
  const response = await call(method, path, options);
  if (!response.ok) throw await refusal(response);
  const text = await response.text();
  const data: unknown = text ? JSON.parse(text) : undefined;
  return { data: data as T, version: response.headers.get("etag") };
}

/** A file of the API, as a blob, with the bearer token. */
export async function download(path: string): Promise<Blob> {
  const response = await call("GET", path, {});
  if (!response.ok) throw await refusal(response);
  return response.blob();
}
