package dev.polyphony.figures;

import java.awt.Color;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** What an SVG file shows, read back with an XML parser. */
record Drawn(Document document) {

    static Drawn of(Figure figure) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            return new Drawn(factory.newDocumentBuilder().parse(new ByteArrayInputStream(figure.svg())));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    List<String> texts() {
        return elements("text").stream().map(Element::getTextContent).toList();
    }

    /** Rectangles filled with a colour; the legend's are paths. */
    long rectangles(Color fill) {
        String rgb = "rgb(" + fill.getRed() + "," + fill.getGreen() + "," + fill.getBlue() + ")";
        return elements("rect").stream()
                .filter(e -> inherited(e, "fill").equals(rgb))
                .count();
    }

    List<Element> elements(String name) {
        NodeList nodes = document.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static String inherited(Element element, String attribute) {
        for (Node node = element; node instanceof Element at; node = node.getParentNode()) {
            if (at.hasAttribute(attribute)) {
                return at.getAttribute(attribute);
            }
        }
        return "";
    }
}
