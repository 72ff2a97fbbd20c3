// What is said is read: a host types captions, a service sends some, who reads them finds them again, after the class too.
import assert from 'node:assert/strict';

import { axeFindsNothing, nothingSticksOut } from '../lib/axe.mjs';
import { cast } from '../lib/cast.mjs';
import { phone } from '../lib/person.mjs';
import { story } from '../lib/story.mjs';
import { paths, words } from '../words.mjs';

story('What is said is read', async (story) => {
  const house = await story.openHouse();
  const { instructor, session, title, participants } = await cast(house);
  await instructor.post(`/sessions/${session}/start`);
  const teacher = await story.person(instructor.me);
  const rosa = await story.person(participants[0]);
  const mei = await story.person(participants[1], { size: phone });
  const strip = (person) => person.page.getByRole('region', { name: words.captions.captions });
  const transcript = async (person) => {
    await person.control(words.talk.chat).click();
    await person.page.getByRole('tab', { name: words.captions.transcript }).click();
  };

  await story.chapter('three are in, and two read captions', async () => {
    await teacher.signIn();
    await teacher.go(paths.room(session));
    await teacher.passDeviceCheckIfAsked();
    await rosa.signIn();
    await rosa.joinFromMyDay(title);
    await mei.signIn();
    await mei.joinFromMyDay(title);
    await rosa.isInTheRoom();
    await mei.isInTheRoom();
    await rosa.control(words.captions.captions).click();
    await strip(rosa).waitFor();
    await mei.control(words.room.more).click();
    await mei.page.getByRole('button', { name: words.captions.captions }).click();
    await strip(mei).waitFor();
    await mei.look('no captions yet, phone');
  });

  await story.chapter('the room reads along while a host types, and Enter keeps the line', async () => {
    await transcript(teacher);
    await teacher.page.getByRole('combobox', { name: words.captions.whoSpeaks }).selectOption({ label: rosa.name });
    const field = teacher.page.getByRole('textbox', { name: words.captions.write });
    await field.fill('Slowly lift your shoulders up to your');
    await strip(rosa).getByText('Slowly lift your shoulders up to your').waitFor();
    await transcript(rosa);
    assert.equal(await rosa.page.getByRole('tabpanel').getByText('Slowly lift').count(), 0, 'a draft is not kept');
    await field.fill('Slowly lift your shoulders up to your ears. Hold for three, and let them dorp.');
    await field.press('Enter');
    await strip(rosa).getByText('let them dorp.').waitFor();
    await strip(mei).getByText(rosa.name.split(' ')[0], { exact: true }).first().waitFor();
    await rosa.page.getByRole('tabpanel').getByText('let them dorp.').waitFor();
    await teacher.look('a host writes captions');
    await rosa.look('captions');
    await mei.look('captions, phone');
  });

  await story.chapter('axe finds nothing on captions, transcript and settings', async () => {
    await axeFindsNothing(rosa, 'captions and transcript');
    await nothingSticksOut(mei, 'captions on a phone');
    await mei.page.getByRole('button', { name: words.captions.settings }).click();
    await mei.page.getByLabel(words.captions.size).selectOption('32');
    await axeFindsNothing(mei, 'caption settings');
    await mei.page.keyboard.press('Escape');
    await mei.look('large captions, phone');
  });

  await story.chapter('a caption service sends lines to the address of the class', async () => {
    await teacher.page.getByRole('button', { name: words.captions.service }).click();
    await teacher.page.getByRole('button', { name: words.captions.makeAddress }).click();
    const url = await teacher.page.getByLabel(words.captions.address).inputValue();
    await axeFindsNothing(teacher, 'caption address');
    const answer = await fetch(`${house.url}${url.slice(url.indexOf('/api/'))}&seq=1&lang=en-GB`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: 'And now the left side.\n',
    });
    assert.deepEqual([answer.status, await answer.text()], [200, '1']);
    await strip(mei).getByText('And now the left side.').waitFor();
    await teacher.page.keyboard.press('Escape');
  });

  await story.chapter('in the calm view they stand under the one picture', async () => {
    await rosa.page.getByRole('button', { name: words.room.calm }).first().click();
    await strip(rosa).waitFor();
    await rosa.look('captions, calm');
    await rosa.page.getByRole('button', { name: words.room.leaveCalm }).click();
  });

  await story.chapter('staff correct a line, and everybody has it', async () => {
    await teacher.page.getByRole('button', { name: words.captions.correct }).first().click();
    const field = teacher.page.getByRole('textbox', { name: words.captions.whatWasSaid });
    await field.fill('Slowly lift your shoulders up to your ears. Hold for three, and let them drop.');
    await teacher.page.getByRole('button', { name: words.captions.save }).click();
    await transcript(rosa);
    await rosa.page.getByRole('tabpanel').getByText('let them drop.').waitFor();
  });

  await story.chapter('after the class a member finds it again', async () => {
    await instructor.post(`/sessions/${session}/end`);
    await rosa.button(words.captions.transcript).click();
    await rosa.page.getByText('let them drop.').waitFor();
    await rosa.page.getByRole('searchbox', { name: words.captions.find }).fill('LEFT side');
    await rosa.page.getByText('1 line', { exact: true }).waitFor();
    await rosa.page.getByText('And now the left side.').waitFor();
    assert.equal(await rosa.page.getByText('let them drop.').count(), 0);
    await axeFindsNothing(rosa, 'transcript page');
    const [file] = await Promise.all([
      rosa.page.waitForEvent('download'),
      rosa.page.getByRole('button', { name: words.captions.subtitles }).click(),
    ]);
    assert.match(file.suggestedFilename(), /\.vtt$/);
  });
});
