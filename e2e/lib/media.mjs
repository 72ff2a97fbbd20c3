// What a page sees and hears, read from the page itself: its video elements and its peer connections' statistics.

/** Runs in the page before its own scripts: keeps every peer connection within reach. */
export function watchPeers() {
  const peers = [];
  const Native = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Native {
    constructor(...given) {
      super(...given);
      peers.push(this);
    }
  };
  window.peersOfThisPage = peers;
}

/** Every picture on the page that a person could see now: its size and how far it has played. */
export async function pictures(root) {
  // What is not there has no pictures; an evaluation would wait for it, and ask no second time.
  if ((await root.count()) === 0) return [];
  return root.evaluate(
    (element) =>
      [...element.querySelectorAll('video')]
        .filter((video) => video.checkVisibility() && video.getBoundingClientRect().width > 0)
        .map((video) => ({ width: video.videoWidth, height: video.videoHeight, time: video.currentTime })),
    undefined,
    { timeout: 2000 },
  );
}

/** Packets of sound received so far, one number for each incoming voice of the connections that are open. */
export function sounds(page) {
  return page.evaluate(async () => {
    const voices = {};
    for (const [index, peer] of window.peersOfThisPage.entries()) {
      if (peer.connectionState !== 'connected') continue;
      for (const entry of (await peer.getStats()).values()) {
        if (entry.type === 'inbound-rtp' && entry.kind === 'audio') voices[`${index}/${entry.mid}/${entry.ssrc}`] = entry.packetsReceived;
      }
    }
    return voices;
  });
}
