"""`/docs` in a browser: Swagger UI works under a policy that allows no inline code and no inline style."""

from tests.api.serving import Served
from tests.pages.conftest import PUBLIC_URL, Open


def test_an_operation_is_tried_and_a_link_leads_back_to_the_pages(open_page: Open, served: Served) -> None:
    """Nothing is complained of in the console: `open_page` looks at it."""
    page = open_page("/docs")
    page.set_default_timeout(60_000)  # Swagger UI renders all operations, which takes long on a busy machine
    own = str(served.client.base_url).rstrip("/")
    document = served.get("/openapi.json").text.replace(PUBLIC_URL, own)  # the policy allows this origin only
    page.route("**/openapi.json", lambda route: route.fulfill(body=document, content_type="application/json"))
    page.reload()
    operation = page.locator("#operations-dataset-get_dataset")
    operation.locator(".opblock-summary-control").click()
    operation.get_by_role("button", name="Execute").click()
    response = operation.locator(".live-responses-table .response").first
    response.locator(".response-col_status", has_text="200").wait_for()
    assert '"digest"' in response.inner_text()
    colours = response.locator("pre code span[style]").evaluate_all("spans => spans.map(span => span.style.color)")
    assert len(set(colours)) > 1, "styles that a script sets are no inline styles"
    page.get_by_role("link", name="Readout", exact=True).click()
    page.wait_for_url(f"{own}/")
