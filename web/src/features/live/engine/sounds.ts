/** Short, soft sounds of two notes. Made on the spot, so there is no file to load. */
const UP = [523.25, 659.25];

/** To try a speaker with. */
export const playTestSound = (speakerId: string | null) => playNotes(UP, 0.25, speakerId);

/** Something begins, or is over; softer, since it is heard amid voices. It is only beside words, so it may fail. */
export function playChime(what: "begins" | "over", speakerId: string | null): void {
  if (typeof AudioContext === "undefined") return;
  void playNotes(what === "begins" ? UP : [...UP].reverse(), 0.12, speakerId).catch(() => undefined);
}

async function playNotes(pitches: number[], loudness: number, speakerId: string | null): Promise<void> {
  const context = new AudioContext();
  try {
    if (speakerId && "setSinkId" in context) {
      await (context.setSinkId as (id: string) => Promise<void>)(speakerId).catch(() => undefined);
    }
    const start = context.currentTime + 0.05;
    pitches.forEach((pitch, index) => ring(context, pitch, loudness, start + index * 0.35));
    await new Promise((resolve) => setTimeout(resolve, 1300));
  } finally {
    await context.close();
  }
}

function ring(context: AudioContext, pitch: number, loudness: number, at: number): void {
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(loudness, at + 0.04);
  volume.gain.exponentialRampToValueAtTime(0.001, at + 0.8);
  tone.connect(volume).connect(context.destination);
  tone.start(at);
  tone.stop(at + 0.85);
}
