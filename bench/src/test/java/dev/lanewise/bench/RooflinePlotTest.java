package dev.lanewise.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class RooflinePlotTest {
  private static final RooflinePlot PLOT =
      new RooflinePlot(
          "a < b",
          List.of(new RooflinePlot.Roof("float32", 0, 1e11, 1e10)),
          List.of(point("low", 0.5, 4e9), point("high", 50, 9e10), point("", 5, 1e10)));

  @Test
  void higherRatesAndIntensitiesLieFurtherUpAndToTheRight() throws Exception {
    double[] x = numbers("//*[local-name()='circle']/@cx");
    double[] y = numbers("//*[local-name()='circle']/@cy");
    assertEquals(3, x.length);
    assertTrue(x[0] < x[2] && x[2] < x[1]);
    assertTrue(y[0] > y[2] && y[2] > y[1]);
  }

  @Test
  void aRoofBendsWhereBandwidthMeetsThePeak() throws Exception {
    double[] ends = numbers("//*[@class='s0']/@x2");
    double[] starts = numbers("//*[@class='s0']/@x1");
    double[] circles = numbers("//*[local-name()='circle']/@cx");
    assertEquals(ends[0], starts[1], "the slope ends where the flat begins");
    double ridge = (circles[2] + circles[1]) / 2; // between 5 and 50 FLOP per byte
    assertTrue(ends[0] > circles[2] && ends[0] < ridge, "at 10 FLOP per byte");
  }

  @Test
  void onlyWhatHasALabelGetsOneAndTextIsEscaped() throws Exception {
    assertEquals(1, nodes("//*[text()='low']").getLength());
    assertEquals(1, nodes("//*[text()='high']").getLength());
    assertEquals(1, nodes("//*[text()='a < b']").getLength());
  }

  private static RooflinePlot.Point point(String label, double intensity, double rate) {
    return new RooflinePlot.Point(label, "NN " + label, 0, intensity, rate);
  }

  private static double[] numbers(String path) throws Exception {
    NodeList nodes = nodes(path);
    return IntStream.range(0, nodes.getLength())
        .mapToDouble(i -> Double.parseDouble(nodes.item(i).getNodeValue()))
        .toArray();
  }

  private static NodeList nodes(String path) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    Document document =
        factory.newDocumentBuilder().parse(new InputSource(new StringReader(PLOT.svg())));
    return (NodeList)
        XPathFactory.newInstance()
            .newXPath()
            .evaluate(path, document, javax.xml.xpath.XPathConstants.NODESET);
  }
}
