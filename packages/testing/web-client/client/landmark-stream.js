const FRAME_MS = 100
const JITTER = 0.0005

const shaken = (value) => value + (Math.random() - 0.5) * JITTER

/** Ten frames a second of one face that is never quite still, paused or not, as the client streams. */
export function startLandmarkStream(face, channel) {
  let sent = 0
  const timer = setInterval(() => {
    const data = face.map(({ x, y, z }) => ({ x: shaken(x), y: shaken(y), z: shaken(z) }))
    channel.send({ type: 'landmarks', data, timestamp: Date.now() })
    sent += 1
  }, FRAME_MS)
  return { sent: () => sent, stop: () => clearInterval(timer) }
}
