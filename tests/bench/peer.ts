/**
 * The peer of the jump figure: QTI components 7.27 (GPL) with the same 100 items as a choice test. It is installed
 * when it is measured, into a temporary folder, and is no part of the program.
 */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Item } from '../../main/exam/pack.ts';
import type { PageServer } from './one-button.ts';
import { benchItems } from './pack.ts';

const PACKAGE = '@citolab/qti-components@7.27';
const NAMESPACE = 'http://www.imsglobal.org/xsd/imsqtiasi_v3p0';

/** Installs the peer below `folder` and serves its page. It keeps items it has parsed, as its manual advises. */
export async function servePeer(folder: string): Promise<PageServer> {
  await promisify(execFile)(
    'npm',
    ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', PACKAGE],
    { shell: process.platform === 'win32' },
  );
  const installed = join(folder, 'node_modules', '@citolab', 'qti-components');
  const items = benchItems();
  const files = new Map<string, [type: string, content: string | Buffer]>([
    ['/', ['text/html', pageOf(items)]],
    ['/qti.js', ['text/javascript', readFileSync(join(installed, 'cdn', 'index.js'))]],
    ['/item.css', ['text/css', readFileSync(join(installed, 'dist', 'item.css'))]],
    ['/test.xml', ['application/xml', testOf(items)]],
  ]);
  items.forEach((item, index) => files.set(`/item-${index + 1}.xml`, ['application/xml', itemOf(item, index + 1)]));
  const server = createServer((request, response) => {
    const found = files.get(request.url ?? '');
    response.writeHead(found ? 200 : 404, { 'content-type': `${found?.[0] ?? 'text/plain'}; charset=utf-8` });
    response.end(found?.[1]);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function pageOf(items: readonly Item[]): string {
  const links = items.map((_, index) => `<test-item-link item-id="item-${index + 1}">${index + 1}</test-item-link>`);
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Peer</title>
    <link rel="stylesheet" href="/item.css" />
    <script type="module" src="/qti.js"></script>
    <style>
      nav { display: grid; grid-template-columns: repeat(25, 3rem); gap: 2px; }
      test-container { display: block; max-width: 68ch; }
    </style>
  </head>
  <body>
    <qti-test cache-transform>
      <test-navigation cache-transform>
        <nav>${links.join('')}</nav>
        <test-container test-url="/test.xml"></test-container>
      </test-navigation>
    </qti-test>
  </body>
</html>
`;
}

function testOf(items: readonly Item[]): string {
  const refs = items.map(
    (_, index) => `<qti-assessment-item-ref identifier="item-${index + 1}" href="item-${index + 1}.xml"/>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<qti-assessment-test xmlns="${NAMESPACE}" identifier="bench" title="Bench">
  <qti-test-part identifier="part" navigation-mode="nonlinear" submission-mode="simultaneous">
    <qti-assessment-section identifier="section" title="Form A" visible="true">${refs.join('')}</qti-assessment-section>
  </qti-test-part>
</qti-assessment-test>
`;
}

function itemOf(item: Item, number: number): string {
  const sections = item.record?.sections.map(({ heading, text }) => `<h3>${heading}</h3><p>${text}</p>`) ?? [];
  const choices = item.options.map(
    ({ id, text }) => `<qti-simple-choice identifier="${id}">${text}</qti-simple-choice>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<qti-assessment-item xmlns="${NAMESPACE}" identifier="item-${number}" title="${number}" adaptive="false" time-dependent="false">
  <qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="identifier"/>
  <qti-item-body>
    ${sections.join('')}
    <p>${item.stem}</p>
    <qti-choice-interaction response-identifier="RESPONSE" max-choices="1">${choices.join('')}</qti-choice-interaction>
  </qti-item-body>
</qti-assessment-item>
`;
}
