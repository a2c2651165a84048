package dev.polyphony.figures;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.font.FontRenderContext;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * A drawing as SVG 1.1: text stays text, in the bundled font where a viewer has it and else in one that is equally
 * wide.
 */
final class SvgFile {

    private static final String NAMESPACE = "http://www.w3.org/2000/svg";

    private static final float TEXT_SIZE = 12;
    private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

    private SvgFile() {}

    static byte[] of(int width, int height, Figure.Drawing drawing) throws IOException {
        String family = BundledFont.family();
        Document document = document();
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
        context.setComment(null);
        context.setPrecision(2);
        context.setGenericImageHandler(new PixelImages());
        SVGGraphics2D graphics = new SVGGraphics2D(context, false);
        graphics.setSVGCanvasSize(new Dimension(width, height));
        PngFile.HINTS.forEach(graphics::setRenderingHint);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        drawing.on(graphics, width, height);
        Element root = graphics.getRoot();
        root.setAttributeNS(null, "viewBox", "0 0 " + width + " " + height);
        fixTextLengths(root, TEXT_SIZE);
        StringWriter text = new StringWriter();
        graphics.stream(root, text, false, false);
        // Arial and Helvetica have the widths of Liberation Sans, so that the layout holds without it.
        return text.toString()
                .replace("'" + family + "'", "'" + family + "', Arial, Helvetica, sans-serif")
                .replace("\r\n", "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Says how long each text is, so that a viewer without the font squeezes its own into the same place. */
    private static void fixTextLengths(Element element, float inheritedSize) {
        String attribute = element.getAttribute("font-size");
        float size = attribute.isEmpty() ? inheritedSize : Float.parseFloat(attribute.replace("px", ""));
        if (element.getTagName().equals("text")) {
            Rectangle2D bounds = BundledFont.of(size).getStringBounds(element.getTextContent(), CONTEXT);
            element.setAttributeNS(null, "textLength", String.format(Locale.ROOT, "%.2f", bounds.getWidth()));
            element.setAttributeNS(null, "lengthAdjust", "spacingAndGlyphs");
        }
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                fixTextLengths(inner, size);
            }
        }
    }

    private static Document document() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            return factory.newDocumentBuilder().getDOMImplementation().createDocument(NAMESPACE, "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("This Java runtime has no XML parser", e);
        }
    }
}
