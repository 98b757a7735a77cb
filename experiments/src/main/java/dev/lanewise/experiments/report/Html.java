package dev.lanewise.experiments.report;

/// What all pages share: the style, and the escaping of text.
final class Html {
  private static final String STYLE =
      """
      body { font: 16px/1.5 system-ui, sans-serif; color: #22303c; background: #fbfaf7;
        max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
      h1 { font-weight: 600; margin-bottom: 0 } h2 { font-weight: 600; margin-top: 2.5rem }
      p.result { font-size: 1.3rem; margin-top: .3rem } p.caption { color: #66727c }
      table { border-collapse: collapse; font-variant-numeric: tabular-nums }
      td, th { padding: .2rem .8rem; text-align: right; border-bottom: 1px solid #e4e1d9 }
      th { font-weight: 600 } td:first-child, th:first-child { text-align: left }
      td.text, th.text { text-align: left }
      img { max-width: 100%; image-rendering: auto } pre { overflow-x: auto; font-size: .85rem }
      tr.best td { font-weight: 600 } tr.failed td { color: #b3261e; font-weight: 600 }
      """;

  private Html() {}

  /// The beginning of a page, up to its heading.
  static StringBuilder page(String title) {
    StringBuilder page = new StringBuilder();
    page.append("<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n");
    page.append("<title>Lanewise: ").append(escape(title)).append("</title>\n");
    page.append("<style>\n").append(STYLE).append("</style>\n");
    return page.append("<h1>").append(escape(title)).append("</h1>\n");
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
