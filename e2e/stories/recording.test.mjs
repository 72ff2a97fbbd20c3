// A class is recorded: who said yes is in it, who did not is not, and it can be watched a moment after the end.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { axeFindsNothing, nothingSticksOut } from '../lib/axe.mjs';
import { cast } from '../lib/cast.mjs';
import { output } from '../lib/house.mjs';
import { phone } from '../lib/person.mjs';
import { story } from '../lib/story.mjs';
import { until } from '../lib/until.mjs';
import { paths, words } from '../words.mjs';

const { recording } = words;

const probe = (file) =>
  JSON.parse(execFileSync('ffprobe', ['-v', 'error', '-show_streams', '-show_format', '-of', 'json', file], { encoding: 'utf8' }));

/** How many colours the middle of a video has. */
const colours = (file) => {
  const look = ['-v', 'error', '-sseof', '-2', '-i', file, '-frames:v', '1', '-s', '160x90', '-pix_fmt', 'rgb24', '-f', 'rawvideo', '-'];
  const pixels = execFileSync('ffmpeg', look);
  const seen = new Set();
  for (let at = 0; at < pixels.length; at += 3) seen.add((pixels[at] << 16) | (pixels[at + 1] << 8) | pixels[at + 2]);
  return seen.size;
};

/** The mean volume of a video in dB. */
const loudness = (file) => {
  const heard = spawnSync('ffmpeg', ['-i', file, '-af', 'volumedetect', '-vn', '-f', 'null', '-'], { encoding: 'utf8' });
  return Number(/mean_volume: (-?[\d.]+) dB/.exec(heard.stderr)?.[1] ?? -Infinity);
};

/** Every file of the recording that a page holds: what it is, whether it plays, and how much of it was shown. */
const files = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('video, audio')].map((file) => ({
      kind: file.localName,
      time: file.currentTime,
      plays: !file.paused && file.readyState >= 3,
      wide: file.videoWidth ?? 0,
      frames: file.getVideoPlaybackQuality?.().totalVideoFrames ?? 0,
      whole: file.seekable.length > 0 && file.seekable.end(0) > 1,
      failed: file.error?.message ?? null,
    })),
  );

story('A class is recorded and watched', async (story) => {
  const house = await story.openHouse();
  const { instructor, session, title, participants } = await cast(house);
  await instructor.post(`/sessions/${session}/start`);
  const teacher = await story.person(instructor.me);
  const rosa = await story.person(participants[0]);
  const tom = await story.person(participants[1], { size: phone, theme: 'dark' });
  const passes = async (person, where) => {
    await axeFindsNothing(person, where);
    await nothingSticksOut(person, where);
  };

  await story.chapter('before joining one is asked, and the answer is kept', async () => {
    await teacher.signIn();
    await teacher.go(paths.room(session));
    await teacher.passDeviceCheckIfAsked();
    await rosa.signIn();
    await rosa.pressJoinOnMyDay(title);
    await rosa.page.getByRole('button', { name: recording.yes }).click();
    await rosa.page.getByText(recording.saidYes).waitFor();
    await passes(rosa, 'asked before joining');
    await rosa.passDeviceCheck();
    await teacher.seesAndHears([rosa.name]);
  });

  await story.chapter('a host records, and everybody is told', async () => {
    await teacher.control(words.room.more).click();
    await teacher.page.getByRole('button', { name: recording.record }).click();
    const dialog = teacher.page.getByRole('dialog', { name: recording.ask });
    await passes(teacher, 'about to record');
    await dialog.getByRole('button', { name: recording.record }).click();
    for (const person of [teacher, rosa]) {
      await person.page.getByRole('button', { name: recording.inIt }).waitFor();
      await person.page.getByRole('alert').filter({ hasText: recording.begun }).first().waitFor({ state: 'attached' });
    }
  });

  await story.chapter('who comes later is asked, says no, and is marked as not recorded', async () => {
    await tom.signIn();
    await tom.joinFromMyDay(title);
    await tom.page.getByRole('button', { name: recording.no }).waitFor();
    const { height } = await tom.page.getByRole('region', { name: recording.mayWe }).boundingBox();
    assert.ok(height > 200, `the question is there to be read, all of it: ${height}`);
    await passes(tom, 'asked in the room');
    await tom.page.getByRole('button', { name: recording.no }).click();
    await tom.page.getByRole('button', { name: recording.notInIt }).waitFor();
    await teacher.seesAndHears([rosa.name, tom.name]);
    await teacher.tile(tom.name).getByText(recording.leftOut).waitFor();
    await passes(teacher, 'recording');
    await rosa.control(words.talk.chat).click();
    await rosa.page.getByRole('textbox', { name: words.talk.write }).fill('Good morning to later');
    await rosa.page.getByRole('button', { name: words.talk.send }).click();
    await teacher.look('recording');
  });

  await story.chapter('a moment after the end it is there', async () => {
    await instructor.post(`/sessions/${session}/end`);
    await rosa.page.getByRole('link', { name: recording.watch }).click();
    await rosa.at(`/sessions/${session}/replay`);
    await rosa.page.getByRole('button', { name: recording.play }).click();
    await until('voices and pictures of the two who said yes play', async () => {
      const all = await files(rosa.page);
      const fine = all.filter((file) => file.plays && file.whole && file.time > 1 && !file.failed);
      const pictures = fine.filter((file) => file.kind === 'video' && file.wide > 0 && file.frames > 15);
      return pictures.length === 2 && fine.length === 4;
    });
    assert.equal(await rosa.page.getByText(tom.name).count(), 0, 'who said no is not there');
    const places = (await files(rosa.page)).map((file) => file.time);
    assert.ok(Math.max(...places) - Math.min(...places) < 3, `in sync, but for when each began: ${places}`);
    await passes(rosa, 'replay');
    await rosa.look('replay');
  });

  await story.chapter('staff take it away as one video, with pictures and sound of who said yes', async () => {
    const [made] = (await instructor.get(`/sessions/${session}/recordings`)).recordings;
    await instructor.post(`/recordings/${made.id}/video`);
    const ready = async () => (await instructor.get(`/recordings/${made.id}/video`)).state === 'ready';
    await until('the video is made', ready, { within: 120_000 });
    const file = join(output, 'recording.mp4');
    writeFileSync(file, await instructor.bytes(`/recordings/${made.id}/video/file`));
    const found = probe(file);
    assert.deepEqual(found.streams.map((stream) => stream.codec_name).slice(0, 2), ['h264', 'aac']);
    assert.ok(Math.abs(found.format.duration * 1000 - made.ms) < 1_000, `${found.format.duration} s of ${made.ms} ms`);
    assert.ok(colours(file) > 50, 'there are pictures in it, not the ground alone');
    assert.ok(loudness(file) > -60, 'there is sound in it');
  });

  await story.chapter('by keys and by the chat one goes where one wants', async () => {
    const place = rosa.page.getByRole('slider', { name: recording.place });
    await rosa.page.keyboard.press('k');
    await rosa.page.keyboard.press('Home');
    assert.equal(await place.inputValue(), '0');
    await rosa.page.getByRole('tab', { name: words.talk.chat }).click();
    await rosa.page.getByText('Good morning to later').waitFor();
    await rosa.page.getByRole('button', { name: new RegExp(rosa.name) }).click();
    assert.notEqual(await place.inputValue(), '0');
    const at = Number(await place.inputValue()) / 1000;
    await until('pictures stand at that place', async () => {
      const times = (await files(rosa.page)).map((file) => file.time);
      return times.length === 4 && times.every((time) => Math.abs(time - at) < 3);
    });
  });

  await story.chapter('on the phone it is on My day, and a yes that is taken back holds there too', async () => {
    await tom.go(paths.myDay);
    await tom.page.getByRole('link', { name: recording.watch }).click();
    await tom.page.getByRole('button', { name: recording.play }).waitFor();
    await passes(tom, 'replay on a phone');
    await tom.look('replay-phone');
    const her = await house.as(participants[0].email);
    await her.put(`/sessions/${session}/recording_consent`, { yes: false });
    await tom.page.reload();
    await tom.page.getByRole('button', { name: recording.play }).waitFor();
    await until('the teacher alone is left', async () => (await files(tom.page)).length === 2);
  });

  await story.chapter('staff delete it for everybody', async () => {
    await teacher.go(`/sessions/${session}/replay`);
    await teacher.page.getByRole('button', { name: recording.remove }).click();
    await passes(teacher, 'about to delete');
    await teacher.page.getByRole('dialog').getByRole('button', { name: recording.removeNow }).click();
    await teacher.page.getByText(recording.gone).waitFor();
    await rosa.page.reload();
    await rosa.page.getByText(recording.gone).waitFor();
  });
});
