// Makes calls with the JS client. Each line of stdin is a call as JSON, and each line of stdout is an outcome. Several
// calls can run at the same time.
"use strict"

const readline = require("node:readline")
const Medusa = require("@medusajs/medusa-js").default

const clients = new Map()

// A value that JSON cannot represent is sent as {"$js": "an expression"}.
function revive(value) {
  if (Array.isArray(value)) return value.map(revive)
  if (value === null || typeof value !== "object") return value
  if ("$js" in value) return eval(`(${value.$js})`)
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, revive(item)]))
}

async function perform({ client, options, method, args }) {
  if (!clients.has(client)) clients.set(client, new Medusa(revive(options)))
  const path = method.split(".")
  const name = path.pop()
  const target = path.reduce((owner, resource) => owner[resource], clients.get(client))
  try {
    const { response, ...data } = (await target[name](...revive(args))) ?? {}
    return { outcome: response ? `ok ${response.status}` : "ok", data }
  } catch (error) {
    if (error.response) return { outcome: `error ${error.response.status}`, data: error.response.data }
    return { outcome: error instanceof TypeError ? "argument error" : "no response", data: null }
  }
}

readline.createInterface({ input: process.stdin }).on("line", async (line) => {
  const call = JSON.parse(line)
  console.log(JSON.stringify({ id: call.id, ...(await perform(call)) }))
})
