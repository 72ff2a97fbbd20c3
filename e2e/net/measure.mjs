// What a page receives, in numbers: its peer connections' statistics, before and after a while.
import { timePasses } from '../lib/until.mjs';

/** Sums over all incoming streams of the page, and the way that was chosen. */
export function look(page) {
  return page.evaluate(async () => {
    const seen = { at: performance.now(), samples: 0, concealed: 0, silent: 0, audio: 0, bytes: 0, frames: 0, height: 0, ways: [] };
    for (const peer of window.peersOfThisPage) {
      if (peer.connectionState !== 'connected') continue;
      const report = await peer.getStats();
      for (const entry of report.values()) {
        if (entry.type === 'inbound-rtp' && entry.kind === 'audio') {
          seen.samples += entry.totalSamplesReceived ?? 0;
          seen.concealed += entry.concealedSamples ?? 0;
          seen.silent += entry.silentConcealedSamples ?? 0;
          seen.audio += entry.packetsReceived;
        }
        if (entry.type === 'inbound-rtp' && entry.kind === 'video') {
          seen.bytes += entry.bytesReceived;
          seen.frames += entry.framesDecoded ?? 0;
          seen.height = Math.max(seen.height, entry.frameHeight ?? 0);
        }
        if (entry.type === 'transport' && entry.selectedCandidatePairId) {
          const pair = report.get(entry.selectedCandidatePairId);
          const local = report.get(pair.localCandidateId);
          const remote = report.get(pair.remoteCandidateId);
          seen.ways.push(`${local.candidateType}/${local.relayProtocol ?? local.protocol}→${remote.protocol}`);
        }
      }
    }
    return seen;
  });
}

/**
 * What arrived within so many milliseconds: the share of sound that had to be made up because it was missing, pictures
 * a second and kbit/s. What is made up while nobody sends (silence) is not missing.
 */
export async function measure(page, milliseconds) {
  const before = await look(page);
  await timePasses(milliseconds);
  const after = await look(page);
  const seconds = (after.at - before.at) / 1000;
  const missing = after.concealed - before.concealed - (after.silent - before.silent);
  return {
    concealed: missing / Math.max(1, after.samples - before.samples),
    voices: (after.audio - before.audio) / seconds,
    fps: (after.frames - before.frames) / seconds,
    kbits: ((after.bytes - before.bytes) * 8) / 1000 / seconds,
    height: after.height,
    ways: [...new Set(after.ways)],
  };
}

/** One line for a person to read. */
export function told(seen) {
  const percent = (100 * seen.concealed).toFixed(2);
  return `sound ${percent} % made up, picture ${seen.height} lines, ${seen.fps.toFixed(0)} a second, ${seen.kbits.toFixed(0)} kbit/s, ${seen.ways.join(' and ')}`;
}
