/* Sphinx scores a page by the best word of the query only, so a question finds pages in no useful order. This scorer
   prefers the page whose title has most words of the query, and guides to the reference if there are several words. */
var Scorer = {
  score: ([page, title, , , score]) => {
    const stemmer = new Stemmer();
    const words = (text) =>
      splitQuery(text.toLowerCase())
        .filter((word) => !stopwords.has(word))
        .map((word) => stemmer.stemWord(word));
    const wanted = words(new URLSearchParams(window.location.search).get("q"));
    const inTitle = words(title);
    const found = wanted.filter((word) => inTitle.includes(word)).length;
    const penalty = wanted.length > 1 && page.startsWith("reference/") ? 10 : 0;
    return score + (20 * found) / Math.max(wanted.length, 1) - penalty;
  },

  // The values of Sphinx, which has none by default if there is a scorer.
  objNameMatch: 11,
  objPartialMatch: 6,
  objPrio: { 0: 15, 1: 5, 2: -5 },
  objPrioDefault: 0,
  title: 15,
  partialTitle: 7,
  term: 5,
  partialTerm: 2,
};
