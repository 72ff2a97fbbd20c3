import { beforeEach, describe, expect, it, vi } from "vitest";
import { FakePeer } from "./fakes";
import { Publisher } from "./publisher";
import { Subscriber } from "./subscriber";

beforeEach(() => void (FakePeer.made = []));

const newPeer = () => new FakePeer() as unknown as RTCPeerConnection;
const offer = (offer_id: number) => ({ offer_id, sdp: `offer ${offer_id}`, fresh: true });

function subscriber() {
  const answered: number[] = [];
  const handlers = {
    answer: ({ offer_id }: { offer_id: number }) => Promise.resolve(answered.push(offer_id)),
    broken: vi.fn(),
    onState: () => undefined,
    pictures: () => undefined,
    sound: () => undefined,
  };
  return { answered, broken: handlers.broken, receiving: new Subscriber(newPeer, handlers) };
}

describe("a connection that is closed while it negotiates", () => {
  it("does not hold up the offers that come for the next one", async () => {
    const { receiving, answered, broken } = subscriber();
    void receiving.hear(offer(1));
    await Promise.resolve();
    expect(FakePeer.made).toHaveLength(1);
    receiving.close();
    await receiving.hear(offer(2));
    expect(answered).toEqual([2]);
    expect(broken).not.toHaveBeenCalled();
  });

  it("takes with it the offers that still waited for their turn", async () => {
    const { receiving, answered } = subscriber();
    void receiving.hear(offer(1));
    const waiting = receiving.hear(offer(2));
    receiving.close();
    await waiting;
    expect(FakePeer.made).toHaveLength(0);
    await receiving.hear(offer(3));
    expect(answered).toEqual([3]);
  });

  it("does not hold up the next one that sends", async () => {
    const sdp = "v=0\r\na=fingerprint:sha-256 AA\r\n";
    const sending = new Publisher(
      newPeer,
      () => Promise.resolve({ sdp }),
      () => undefined,
    );
    const first = sending.start([]);
    await Promise.resolve();
    await sending.start([]);
    await first;
    expect(FakePeer.made.map((peer) => peer.remoteDescription !== null)).toEqual([false, true]);
  });
});
