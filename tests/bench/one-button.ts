/** The trivial page that browser figures are held against: one button that counts its clicks. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>One button</title>
  </head>
  <body>
    <button>0</button>
    <script>
      const button = document.querySelector('button');
      button.onclick = () => (button.textContent = Number(button.textContent) + 1);
    </script>
  </body>
</html>
`;

export interface PageServer {
  url: string;
  stop(): void;
}

export async function serveOneButton(): Promise<PageServer> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
    response.end(PAGE);
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
