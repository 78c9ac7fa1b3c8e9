"""What teachers do each day: call the roll, miss a child in a lesson, grant leave."""
