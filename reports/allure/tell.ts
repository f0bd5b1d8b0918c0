import type { RuntimeMessage } from 'allure-js-commons/sdk'
import { BaseMessageTestRuntime, getGlobalTestRuntime } from 'allure-js-commons/sdk/runtime'

/**
 * Sends messages for the running test. Allure's own functions stamp every step with now; ours
 * happened before. Does nothing where Allure's reporter is not in use.
 */
export async function tell(messages: readonly RuntimeMessage[]): Promise<void> {
  const runtime = getGlobalTestRuntime()
  if (!(runtime instanceof BaseMessageTestRuntime)) return
  for (const message of messages) await runtime.sendMessage(message)
}
