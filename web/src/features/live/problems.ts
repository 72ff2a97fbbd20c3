// What the room, its boards and its recordings are refused, as sentences. Imported by what may meet them.
import { msg } from "@lingui/core/macro";

import { learnSentences } from "../../lib/problems";

learnSentences({
  "answers-too-often": msg`You have changed your answer very often within an hour. You are not recorded for now. Say yes again later.`,
  "may-not-draw": msg`Only the hosts draw and write for now. Ask them to let you.`,
  "document-full": msg`There is no room for more in it. Make another one, or delete something.`,
  "out-of-step": msg`This does not fit what is there now. Open it again, then make your change once more.`,
  "no-ffmpeg": msg`This server has no ffmpeg. Ask who runs it to install it.`,
  "nothing-to-show": msg`Nobody is in this recording who may be shown.`,
});
