import { describe, expect, it } from "vitest";
import { fingerprintOf, withOpusDtx } from "./sdp";

const ANSWER = [
  "v=0",
  "a=fingerprint:sha-256 ab:cd",
  "m=audio 9 UDP/TLS/RTP/SAVPF 111",
  "a=rtpmap:111 opus/48000/2",
  "",
];

describe("session descriptions", () => {
  it("name their server by its certificate", () => {
    expect(fingerprintOf(ANSWER.join("\r\n"))).toBe("AB:CD");
    expect(fingerprintOf("v=0\r\n")).toBeNull();
  });

  it("ask for silence to cost nothing, whether or not the codec has parameters already", () => {
    expect(withOpusDtx(ANSWER.join("\r\n"))).toContain(
      "a=rtpmap:111 opus/48000/2\r\na=fmtp:111 usedtx=1\r\n",
    );
    const some = [...ANSWER.slice(0, 4), "a=fmtp:111 minptime=10;useinbandfec=1", ""].join("\r\n");
    expect(withOpusDtx(some)).toContain("a=fmtp:111 minptime=10;useinbandfec=1;usedtx=1\r\n");
  });

  it("are left alone when they ask already, or carry no sound", () => {
    const asked = [...ANSWER.slice(0, 4), "a=fmtp:111 usedtx=1", ""].join("\r\n");
    expect(withOpusDtx(asked)).toBe(asked);
    expect(withOpusDtx("v=0\r\n")).toBe("v=0\r\n");
  });
});
