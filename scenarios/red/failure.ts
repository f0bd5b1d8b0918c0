/** What must fail says so here: 'Finding: waited 3s for …', class and message; or 'no failure'. */
export async function failure(act: () => unknown): Promise<string> {
  try {
    await act()
    return 'no failure'
  } catch (error) {
    return String(error)
  }
}
