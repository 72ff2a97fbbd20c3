/** What is wrong with a device and how to mend it, in sentences. */
import { useLingui } from "@lingui/react/macro";
import type { DeviceProblem, LocalSource } from "../engine/state";
import { useRoom } from "../hooks/use-room";

export function useMicrophoneHelp(): (problem: DeviceProblem) => string {
  const { t } = useLingui();
  return (problem) =>
    ({
      refused: t`Your browser keeps the microphone closed. Press the lock beside the address, allow the microphone, then press Unmute.`,
      missing: t`We found no microphone. Check that your headset is plugged in.`,
      busy: t`Another program is using the microphone. Close it, then press Unmute.`,
      unsupported: t`This browser cannot use a microphone here. You can still watch and listen.`,
    })[problem];
}

export function useCameraHelp(): (problem: DeviceProblem) => string {
  const { t } = useLingui();
  return (problem) =>
    ({
      refused: t`Your browser keeps the camera closed. Press the lock beside the address, allow the camera, then press Start video.`,
      missing: t`We found no camera. Check that it is plugged in.`,
      busy: t`Another program is using the camera. Close it, then press Start video.`,
      unsupported: t`This browser cannot use a camera here. The others can still hear you.`,
    })[problem];
}

/** The same for the device check, where a button to try again stands below the sentence. */
export function useMicrophoneCheckHelp(): (problem: DeviceProblem) => string {
  const { t } = useLingui();
  return (problem) =>
    ({
      refused: t`Your browser keeps the microphone closed. Press the lock beside the address and allow it.`,
      missing: t`We found no microphone. Check that your headset is plugged in.`,
      busy: t`Another program is using the microphone. Close it.`,
      unsupported: t`This browser cannot use a microphone here. You can still watch and listen.`,
    })[problem];
}

export function useCameraCheckHelp(): (problem: DeviceProblem) => string {
  const { t } = useLingui();
  return (problem) =>
    ({
      refused: t`Your browser keeps the camera closed. Press the lock beside the address and allow it.`,
      missing: t`We found no camera. Check that it is plugged in.`,
      busy: t`Another program is using the camera. Close it.`,
      unsupported: t`This browser cannot use a camera here. The others can still hear you.`,
    })[problem];
}

/** The sentence for the room's banner, or nothing when all that is switched on works. */
export function useDeviceHelp(): string | null {
  const { t } = useLingui();
  const microphone = useRoom((state) => state.microphone);
  const camera = useRoom((state) => state.camera);
  const screen = useRoom((state) => state.screen);
  const microphoneHelp = useMicrophoneHelp();
  const cameraHelp = useCameraHelp();
  const wanted = (source: LocalSource) => (source.busy ? null : source.problem);
  const [ear, eye] = [wanted(microphone), wanted(camera)];
  if (ear === "refused" && eye === "refused") {
    return t`You can watch and listen. To be seen and heard, press the lock beside the address and allow camera and microphone, then press Unmute.`;
  }
  if (ear) return microphoneHelp(ear);
  if (eye) return cameraHelp(eye);
  if (screen.problem)
    return t`The screen could not be shared. Choose another window, or share the whole screen.`;
  return null;
}
