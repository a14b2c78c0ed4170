import * as pdfjs from 'pdfjs-dist';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import worker from 'pdfjs-dist/build/pdf.worker.min.mjs?url';

// WebKitGTK 2.50 has no asynchronous iteration of streams, which pdf.js reads text with.
const streams = ReadableStream.prototype as unknown as Record<symbol, unknown>;
streams[Symbol.asyncIterator] ??= async function* (this: ReadableStream<unknown>) {
  const reader = this.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    reader.releaseLock();
  }
};

pdfjs.GlobalWorkerOptions.workerSrc = worker;

/** What comes with the window: fonts every reader is to have, maps for East Asian letters, decoders of pictures. */
const shipped = (folder: string) => new URL(`pdfjs/${folder}/`, document.baseURI).href;

/** Opens a PDF from its bytes in base64. Scripts and forms in it are not run. */
export function openPdf(base64: string): Promise<PDFDocumentProxy> {
  const data = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  return pdfjs.getDocument({
    data,
    isEvalSupported: false,
    enableXfa: false,
    stopAtErrors: false,
    cMapUrl: shipped('cmaps'),
    cMapPacked: true,
    standardFontDataUrl: shipped('standard_fonts'),
    wasmUrl: shipped('wasm'),
  }).promise;
}

export const TextLayer = pdfjs.TextLayer;
