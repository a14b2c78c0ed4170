import userEvent from '@testing-library/user-event';
import { describe, expect, test, vi } from 'vitest';
import { find } from '../../lib/documents/find';
import { readable } from '../../lib/documents/page';
import { apiError } from '../../test/fake-host';
import { fullHost } from '../../test/invented/host';
import { life } from '../../test/invented/life';
import { comesNear } from '../../test/setup';
import { accessible, heading, hook, screen, show, waitFor } from '../../test/screen';

/** A PDF whose pages are these words; an empty page is a picture, and none is damaged. */
let pdf: (string | null)[] = [];
vi.mock('../../lib/documents/pdf', () => ({
  openPdf: () =>
    Promise.resolve({
      numPages: pdf.length,
      getPage: (index: number) =>
        Promise.resolve({
          getViewport: () => ({ width: 816, height: 1056 }),
          getTextContent: () => Promise.resolve(pdf[index - 1]),
          render: () => ({
            promise: pdf[index - 1] === null ? Promise.reject(new Error()) : Promise.resolve(),
          }),
        }),
      loadingTask: { destroy: () => Promise.resolve() },
    }),
  TextLayer: class {
    constructor(readonly from: { textContentSource: string; container: HTMLElement }) {}
    render(): Promise<void> {
      this.from.container.textContent = this.from.textContentSource;
      return Promise.resolve();
    }
  },
}));

const letter = life(12).find((row) => row.kind === 'document');
if (!letter) throw new Error('the invented life has no document');
const at = (file: string) => `#/document/${encodeURIComponent(letter.id)}/${file}`;

describe('a document', () => {
  test('is opened from its record, which also names the file that has not come', async () => {
    const user = userEvent.setup();
    show(fullHost(), `#/timeline/${encodeURIComponent(letter.id)}`);
    const files = await hook('files');
    expect(files.textContent).toContain('it has not come');
    await accessible();
    const open = screen.getAllByTestId('file-open');
    expect(open).toHaveLength(3);
    expect(open[0]?.getAttribute('href')).toBe(at('f-letter'));
    if (open[0]) await user.click(open[0]);
  });

  test('that is a page is built of plain elements: nothing in it can act', async () => {
    show(fullHost(), at('f-letter'));
    const content = await hook('document-content');
    await waitFor(() => expect(content.textContent).toContain('zygomatic'));
    expect(document.title).not.toBe('acted');
    expect(content.textContent).not.toContain('acted');
    expect(content.querySelector('script, [onclick]')).toBeNull();
    expect(content.querySelector('td[colspan="2"]')?.textContent).toBe('131 mm');
    expect(screen.getByText(/only its first part/)).toBeTruthy();
    expect((await heading(letter.title)).textContent).toBe(letter.title);
    expect(content.querySelector('h1')).toBeNull();
    await accessible();
  });

  test('is searched: each place in turn, without case and accents', async () => {
    const user = userEvent.setup();
    show(fullHost(), at('f-letter'));
    await waitFor(async () => expect((await hook('document-content')).textContent).toContain('zygomatic'));
    const field = await hook('document-find');
    await user.type(field, 'ZYGOMATIC{Enter}');
    const said = await hook('document-found');
    await waitFor(() => expect(said.textContent).toContain('1 of 2'));
    await user.type(field, '{Enter}');
    await waitFor(() => expect(said.textContent).toContain('2 of 2'));
    await user.type(field, '{Shift>}{Enter}{/Shift}');
    await waitFor(() => expect(said.textContent).toContain('1 of 2'));
    await user.clear(field);
    await user.type(field, 'sao paulo{Enter}');
    await waitFor(() => expect(said.textContent).toContain('1 of 1'));
    await user.type(field, 'x{Enter}');
    await waitFor(() => expect(said.textContent).toContain('Not found here'));
  });

  /** Opens it, and looks for a word in it. */
  async function lookIn(pages: (string | null)[], word: string) {
    pdf = pages;
    show(fullHost({ file: () => ({ show: { as: 'pdf', base64: '' }, warning: null }) }), at('f-letter'));
    await waitFor(() => expect(screen.getAllByTestId('pdf-page')).toHaveLength(pages.length));
    await userEvent.type(await hook('document-find'), `${word}{Enter}`);
    return hook('document-found');
  }

  test('that was scanned says that its words cannot be searched, not that they are not there', async () => {
    const said = await lookIn(['', ' '], 'zygomatic');
    await waitFor(() => expect(said.textContent).toContain('These pages are pictures'));
    await accessible();
  });

  test('with one page that has words is searched as ever', async () => {
    const said = await lookIn(['', 'Her zygomatic bone'], 'zygomatic');
    await waitFor(() => expect(said.textContent).toContain('1 of 1'));
    await userEvent.type(await hook('document-find'), 's{Enter}');
    await waitFor(() => expect(said.textContent).toContain('Not found here'));
  });

  test('with a damaged page shows the others', async () => {
    await lookIn(['Her zygomatic bone', null], 'zygomatic');
    const pages = screen.getAllByTestId('pdf-page');
    for (const page of pages) comesNear(page);
    await waitFor(() => expect(pages[1]?.textContent).toContain('This page cannot be shown here'));
    expect(pages[0]?.textContent.trim()).toBe('Her zygomatic bone');
    expect(screen.queryByTestId('document-broken')).toBeNull();
    await accessible();
  });

  test('that is text is shown as it is', async () => {
    show(fullHost(), at('f-text'));
    const content = await hook('document-content');
    await waitFor(() => expect(content.querySelector('pre')?.textContent).toContain('<b>as they are</b>'));
    await accessible();
  });

  test('that cannot be shown says why, can be saved, and not printed', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    show(host, at('f-odd'));
    await screen.findByText(/cannot be shown here/);
    expect(screen.queryByTestId('document-print')).toBeNull();
    expect(screen.queryByTestId('document-find')).toBeNull();
    await user.click(await hook('document-save'));
    expect(host.argsOf('saveFile')).toEqual([{ person: 'p1', fact: letter.id, file: 'f-odd' }]);
    await screen.findByText('Saved to /home/mabel/Documents/letter.pdf');
    await accessible();
  });

  test('is printed by the system', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    show(host, at('f-text'));
    await user.click(await hook('document-print'));
    await waitFor(() => expect(host.printed).toBe(1));
  });

  test('that is gone or cannot be saved is told in words', async () => {
    const user = userEvent.setup();
    const refused = () => {
      throw apiError({ message: 'The file could not be written.', advice: 'Make some room.' });
    };
    show(fullHost({ saveFile: refused }), at('f-text'));
    await waitFor(async () => expect((await hook('document-content')).textContent).toContain('words'));
    await user.click(await hook('document-save'));
    expect((await hook('error-message')).textContent).toContain('could not be written');
  });
});

describe('a page from outside', () => {
  test('loses whatever is not words, however it is written', () => {
    const hostile = [
      '<img src=x onerror=alert(1)>',
      '<svg onload=alert(1)><p>a</p></svg>',
      '<a href="javascript:alert(1)">a</a>',
      '<p style="background:url(http://x)">a</p>',
      '<iframe srcdoc="<script>1</script>"></iframe><p>a</p>',
      '<math><mtext><table><mglyph><style><img src=x onerror=1></style></table></mtext></math>',
      '<form action="http://x"><button>a</button></form>',
    ];
    for (const html of hostile) {
      const place = document.createElement('div');
      place.append(readable(html));
      const elements = [...place.querySelectorAll('*')];
      expect(
        elements.filter((one) => /^(img|svg|a|iframe|form|button|style|script)$/.test(one.localName)),
      ).toEqual([]);
      expect(
        elements.flatMap((one) => one.getAttributeNames()).filter((name) => !/^(class|tabindex)$/.test(name)),
      ).toEqual([]);
    }
  });

  test('is searched over its elements, and not over its paragraphs’ ends', () => {
    const place = document.createElement('div');
    place.append(readable('<p>Blood pres<b>sure</b></p><p>high</p><p>Größe  37&nbsp;°C</p>'));
    const texts = (wanted: string) => find(place, wanted).map((range) => range.toString());
    expect(texts('pressure')).toEqual(['pressure']);
    expect(texts('pressurehigh')).toEqual([]);
    expect(texts('grosse')).toEqual([]);
    expect(texts('größe 37')).toHaveLength(1);
    expect(texts('  ')).toEqual([]);
    expect(texts('e')).toHaveLength(3);
  });
});
