import t from 'tap'
import { networkOf } from '../src/http/network.js'

t.test('an IPv4 address counts as it is, mapped or not', async (t) => {
  t.equal(networkOf('192.0.2.1'), '192.0.2.1')
  t.equal(networkOf('::ffff:192.0.2.1'), '192.0.2.1')
})

t.test('an IPv6 address counts as the /64 it is in, however it is written', async (t) => {
  const same = ['2001:db8:1:2::1', '2001:0DB8:0001:0002:ffff:1:2:3', '2001:db8:1:2:0:0:0:9']
  for (const address of same) t.equal(networkOf(address), '2001:db8:1:2::/64', address)
  t.equal(networkOf('2001:db8::1'), '2001:db8:0:0::/64')
  t.equal(networkOf('::1'), '0:0:0:0::/64')
  t.equal(networkOf('fe80::1%eth0'), 'fe80:0:0:0::/64')
  t.not(networkOf('2001:db8:1:3::1'), networkOf('2001:db8:1:2::1'))
})

t.test('what is no address is given back', async (t) => {
  t.equal(networkOf('unix'), 'unix')
})
