import { userEvent } from '@testing-library/user-event';
import { within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { apiError } from '../../test/fake-host';
import { fullHost } from '../../test/invented/host';
import { row } from '../../test/invented/life';
import { current, emptyHome, homeView } from '../../test/invented/lists';
import { results, testView } from '../../test/invented/results';
import { accessible, heading, hook, screen, show, waitFor } from '../../test/screen';

describe('home', () => {
  test('is where an open record begins, and says what is current and who confirmed it', async () => {
    const host = fullHost();
    show(host, '#/');
    await heading('Mabel Okonkwo’s health record');
    expect((await hook('home-result')).textContent).toContain('131 mg/dL');
    expect((await hook('home-result')).textContent).toContain('high (above normal range)');
    expect((await hook('home-result')).textContent).toContain('See 41 more');
    const medicines = await hook('home-medicines');
    const doubtful = within(medicines).getByTestId('home-doubtful');
    expect(doubtful.textContent).toContain('Omeprazole');
    expect(doubtful.textContent).toContain('not ordered or reviewed in over a year');
    expect(doubtful.textContent).not.toContain('Metformin');
    expect((await hook('home-appointments')).textContent).toContain('December 14, 2026, 9:30 AM');
    for (const [part, list] of [
      ['appointments', 'visits'],
      ['medicines', 'medicines'],
      ['allergies', 'allergies'],
      ['problems', 'problems'],
    ])
      expect((await hook(`home-${part}`)).querySelector('header a')?.getAttribute('href')).toBe(`#/${list}`);
    expect((await hook('home-ask')).textContent).toContain('disagree about one thing');
    expect(document.title).toBe('Home – Wholechart');
    expect((await hook('nav-home')).getAttribute('aria-current')).toBe('page');
    await accessible();
  });

  test('names all that is current, and says what providers disagree about', async () => {
    const home = homeView();
    const told = ['Harbor raised metformin to 1,000 mg; Lakeside still lists 500 mg.'];
    const medicine = home.medicines[0] ?? current({ id: 'm', title: 'Metformin' }, '');
    // More than there are lines for.
    home.medicines = [
      ...home.medicines,
      ...Array.from({ length: 8 }, (_, index) => ({
        ...medicine,
        row: { ...medicine.row, id: `f-more-${index}`, title: `Medicine ${index}` },
      })),
    ];
    home.medicines = home.medicines.map((one, index) => (index === 0 ? { ...one, told } : one));
    home.moreMedicines = [
      { name: 'Sertraline', fact: 'f-sert' },
      { name: 'Warfarin', fact: 'f-warf' },
    ];
    show(fullHost({ home: () => home }), '#/');
    const medicines = await hook('home-medicines');
    expect(medicines.textContent).toContain('providers disagree');
    const [own, others] = within(medicines).getAllByTestId('home-others');
    if (!own || !others) throw new Error('those without a line are named');
    expect(own.textContent).toContain('Medicine 7');
    expect(medicines.querySelectorAll('li').length).toBeLessThan(home.medicines.length);
    expect(others.textContent.replace(/\s+/g, ' ').trim()).toBe('Also: Sertraline, Warfarin');
    expect(within(others).getByRole('link', { name: 'Warfarin' }).getAttribute('href')).toContain('f-warf');
    expect(within(await hook('home-problems')).queryByTestId('home-others')).toBeNull();
    await accessible();
  });

  test('tells what is new, gravest first, until it was seen', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    show(host, '#/home');
    const news = await hook('home-news');
    expect(news.textContent).toContain('8 new results from Lakeside Family Medicine');
    expect(news.textContent).toContain('and 1 more');
    await user.click(within(news).getByTestId('home-news-show'));
    expect((await hook('home-news-list')).querySelector('s')?.textContent).toBe('Potassium');
    await accessible();
    host.answers.home = () => homeView({ news: emptyHome.news });
    await user.click(within(news).getByTestId('home-seen'));
    expect(host.argsOf('seen')).toEqual([{ person: 'p1', upTo: 7 }]);
    await waitFor(() => expect(screen.queryByTestId('home-news')).toBeNull());
    host.answers.home = () => homeView();
    await user.click(await hook('toast-undo'));
    expect(host.argsOf('seen').at(-1)).toEqual({ person: 'p1', upTo: 3 });
    await hook('home-news');
  });

  test('shows all that is new, also when the page is read anew meanwhile', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    show(host, '#/home');
    await user.click(await hook('home-news-show'));
    const lines = async () => (await hook('home-news-list')).querySelectorAll('li').length;
    expect(await lines()).toBe(4);
    await user.click(await hook('home-news-more'));
    await waitFor(async () => expect(await lines()).toBe(14));
    expect(host.argsOf('news')).toEqual([{ person: 'p1', skip: 4, limit: 50 }]);
    expect(screen.queryByTestId('home-news-more')).toBeNull();
    host.send({ is: 'changed' });
    await waitFor(() => expect(host.argsOf('news').at(-1)).toEqual({ person: 'p1', skip: 4, limit: 10 }));
    expect(await lines()).toBe(14);
  });

  test('shows no inbox on the first day: what comes later is new', async () => {
    const first = { ...homeView().news, first: true, text: '812 new' };
    const host = fullHost({ home: () => homeView({ news: first }) });
    show(host, '#/home');
    await hook('home-medicines');
    await waitFor(() => expect(host.argsOf('seen')).toEqual([{ person: 'p1', upTo: 7 }]));
    expect(screen.queryByTestId('home-news')).toBeNull();
    expect(document.body.textContent).not.toContain('812 new');
  });

  test('opens a record beside it, by mouse and by key, and comes back to where it was', async () => {
    const user = userEvent.setup();
    show(fullHost(), '#/home');
    const result = await waitFor(() => {
      const found = document.querySelector<HTMLElement>('[data-testid="home-result"] [data-fact="f-ldl"]');
      if (!found) throw new Error('no result');
      return found;
    });
    result.focus();
    await user.keyboard('{Enter}');
    expect((await hook('record-title')).textContent).toBe('LDL cholesterol');
    expect(location.hash).toBe('#/home/f-ldl');
    await user.keyboard('{Escape}');
    expect(location.hash).toBe('#/home');
    await waitFor(() => expect((document.activeElement as HTMLElement).dataset.fact).toBe('f-ldl'));
  });

  test('that is empty says what to do', async () => {
    show(fullHost({ home: () => emptyHome }), '#/home');
    expect((await hook('home-empty')).textContent).toContain('Connect a provider');
    await accessible();
  });

  test('says what is not known rather than nothing', async () => {
    show(fullHost({ home: () => ({ ...emptyHome, results }) }), '#/home');
    expect((await hook('home-allergies')).textContent).toContain('does not mean that you have none');
    expect((await hook('home-medicines')).textContent).toContain('does not mean that you take none');
    expect(screen.queryByTestId('home-empty')).toBeNull();
  });

  test('does not say that nothing was shared where it is only old', async () => {
    const held = { ...emptyHome.held, results: 3 };
    show(fullHost({ home: () => ({ ...emptyHome, held }) }), '#/home');
    const results = await hook('home-result');
    expect(results.textContent).toContain('None in the last two years');
    expect(within(results).getByRole('link').getAttribute('href')).toBe('#/results');
    expect((await hook('home-vital')).textContent).toContain('not shared any vital signs');
  });

  test('tells an error and tries again', async () => {
    const user = userEvent.setup();
    let failing = true;
    const host = fullHost({
      home: () => {
        if (failing) throw apiError({ message: 'The disk could not be read.', advice: 'Check the disk.' });
        return homeView();
      },
    });
    show(host, '#/home');
    expect((await hook('error-message')).textContent).toContain('Check the disk.');
    failing = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await hook('home-result');
    expect(screen.queryByTestId('error-message')).toBeNull();
  });

  test('bears long words, long titles and words from right to left', async () => {
    const long = 'Pneumonoultramicroscopicsilicovolcanoconiosis'.repeat(7);
    show(
      fullHost({
        home: () =>
          homeView({
            results: [testView(long, { latest: { value: 'x'.repeat(300) } })],
            medicines: [current({ id: 'm', title: 'أملوديبين ٥ ملغ' }, 'on an unknown date', long)],
            appointments: [row({ id: 'a', kind: 'appointment', title: long })],
          }),
      }),
      '#/home',
    );
    expect((await hook('home-medicines')).querySelector('bdi')?.textContent).toBe('أملوديبين ٥ ملغ');
    expect((await hook('home-result')).textContent).toContain(long);
    await accessible();
  });
});
