//! The metadata editor as a table and as JSON.

use super::Stage;
use crate::in_both;
use crate::support::World;

in_both! {
    metadata_is_read_and_changed_cell_by_cell;
}

fn metadata_is_read_and_changed_cell_by_cell(world: &World) {
    let stage = Stage::new(world);
    stage.show("3-editing/metadata");
    stage.see_value("Key 1", "plan");
    stage.see_value("Value 1", "gold");
    stage.see_when("combobox", "Type of value 2", "to be a number", |seen| seen.value == "Number");
    // The error describes its own cell, not the one beside it.
    stage.type_text("textbox", "Key 1", "seats");
    stage.see_wrong("Key 2", "This key already exists. Enter a different name.");
    stage.see_right("Value 2");
    stage.type_text("textbox", "Key 1", "plan");
    stage.see_right("Key 2");
    stage.type_text("textbox", "Value 2", "many");
    stage.see_wrong("Value 2", "Enter a number.");
    stage.see_right("Key 2");
    // A row shows both of its errors.
    stage.type_text("textbox", "Key 1", "seats");
    stage.see_wrong("Key 2", "This key already exists.");
    stage.see_wrong("Value 2", "Enter a number.");
    stage.type_text("textbox", "Key 1", "plan");
    stage.see_right("Key 2");
    // The row and the focus stay while the type changes.
    stage.click("combobox", "Type of value 2");
    stage.press(&["ArrowUp", "Enter"]);
    stage.see_when("combobox", "Type of value 2", "to be text", |seen| seen.value == "Text");
    stage.see_focus("combobox", "Type of value 2");
    stage.see_right("Value 2");
    stage.click("button", "Remove item 1");
    stage.see_value("Key 1", "seats");
    stage.see_focus("textbox", "Key 1");
    stage.see("radiogroup", "Show metadata as");
    stage.click("radio", "JSON");
    stage.see_when("textbox", "Metadata", "to hold JSON", |seen| seen.value.contains("\"seats\": \"many\""));
    stage.type_text("textbox", "Metadata", "{\"plan\": gold}");
    stage.see_wrong("Metadata", "Invalid JSON");
}
