import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import net, { type Socket } from 'node:net'

/** Passes a request on as it came, its Host header too, as the dev server of the client does. */
export function passOn(request: IncomingMessage, reply: ServerResponse, target: string): void {
  const { method, headers, url } = request
  const onward = http.request(
    new URL(url ?? '/', target),
    { method, headers, setHost: false },
    (answer) => {
      reply.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(reply)
    },
  )
  onward.on('error', () => reply.destroy())
  request.pipe(onward)
}

/** The same for an upgrade: from then on bytes go both ways. */
export function passUpgradeOn(
  request: IncomingMessage,
  socket: Socket,
  head: Buffer,
  target: string,
): void {
  const { hostname, port } = new URL(target)
  const onward = net.connect(Number(port), hostname, () => {
    const lines = [`${request.method} ${request.url} HTTP/1.1`]
    for (let index = 0; index < request.rawHeaders.length; index += 2) {
      lines.push(`${request.rawHeaders[index]}: ${request.rawHeaders[index + 1]}`)
    }
    onward.write(`${lines.join('\r\n')}\r\n\r\n`)
    onward.write(head)
    onward.pipe(socket).pipe(onward)
  })
  onward.on('error', () => socket.destroy())
  socket.on('error', () => onward.destroy())
  socket.on('close', () => onward.destroy())
}
